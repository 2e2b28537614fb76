'use strict';
/*
 * Modules of layers that are named by their place: `require('/opt/nodejs/shared')`, `import '/opt/nodejs/shared.mjs'`.
 * Without root there is no `/opt` of the function's own. Loaded only where a function has layers.
 */
const Module = require('node:module');
const { pathToFileURL } = require('node:url');

/** @param {string} opt the folder that stands for `/opt` */
exports.lead = (opt) => {
  const here = (name) =>
    typeof name === 'string' && name.startsWith('/opt/') ? opt + name.slice('/opt'.length) : name;

  const resolveFilename = Module._resolveFilename;
  Module._resolveFilename = function (request, ...rest) {
    return resolveFilename.call(this, here(request), ...rest);
  };

  if (typeof Module.registerHooks === 'function') {
    Module.registerHooks({
      resolve(name, context, next) {
        const led = context.conditions?.includes('import') === true ? here(name) : name;
        return next(led === name ? name : pathToFileURL(led).href, context);
      },
    });
  } else {
    // Node.js 20 has hooks in a thread of their own only.
    const folder = pathToFileURL(opt).href;
    const hooks = `export const resolve = (name, context, next) =>
      next(name.startsWith('/opt/') ? ${JSON.stringify(folder)} + name.slice(4) : name, context);`;
    Module.register(`data:text/javascript,${encodeURIComponent(hooks)}`);
  }
};
