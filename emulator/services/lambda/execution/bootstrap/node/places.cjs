'use strict';
/* Where a function's files are on this machine, and how Lambda names these places. */
const { pathToFileURL } = require('node:url');

const task = process.env.LAMBDA_TASK_ROOT;
const runtime = __dirname;
const places = [
  [pathToFileURL(task).href, 'file:///var/task'],
  [task, '/var/task'],
  [pathToFileURL(runtime).href, 'file:///var/runtime'],
  [runtime, '/var/runtime'],
];
const opt = process.env.COLDSTART_OPT;
if (opt !== undefined) places.push([pathToFileURL(opt).href, 'file:///opt'], [opt, '/opt']);

/** A stack or a message with Lambda's names for folders: what a student sees is what AWS would show. */
exports.shown = (text) => {
  if (typeof text !== 'string') return text;
  let result = text;
  for (const [here, there] of places) {
    if (result.includes(here)) result = result.replaceAll(here, there);
  }
  return result;
};
