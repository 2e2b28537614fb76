// Runs in a process of its own and calls a student's module for the grader. It is plain JavaScript read from
// its folder, because it is started by Node.js as it is.
//
// Everything that this file uses after the student's module was loaded is taken into constants before: the module
// may change any prototype, print anything and listen to every message. Each answer carries a token that was made
// from a secret before the module was loaded, and each token is good for one answer.
import { createHmac } from 'node:crypto';
import { createRequire } from 'node:module';

const { parse, stringify } = JSON;
const { apply } = Reflect;
const { hasOwn, keys } = Object;
const send = process.send;
const text = String;
const tokensMade = 512;

const first = await new Promise((resolve) => process.once('message', resolve));
const { secret, file, path } = parse(first);
const tokens = Array.from({ length: tokensMade }, (_, id) =>
  createHmac('sha256', secret).update(text(id)).digest('hex'),
);

const answer = (id, body) => apply(send, process, [id + ' ' + tokens[id] + ' ' + body]);

/** Read one by one: an error's members may be getters that throw. */
function describe(error) {
  const read = (name, otherwise) => {
    try {
      const value = error[name];
      return typeof value === 'string' ? value : otherwise;
    } catch {
      return otherwise;
    }
  };
  const isObject = (typeof error === 'object' && error !== null) || typeof error === 'function';
  let shown;
  try {
    shown = isObject ? '' : text(error);
  } catch {
    shown = '';
  }
  const name = isObject ? read('name', 'Error') : typeof error;
  const message = isObject ? read('message', '') : shown;
  const stack = isObject ? read('stack', '') : '';
  return (
    '{"kind":"threw","name":' +
    quote(name) +
    ',"message":' +
    quote(message) +
    ',"stack":' +
    quote(stack) +
    '}'
  );
}

/** A text as JSON: primitives are not asked for a `toJSON`, so a changed prototype has no say. */
function quote(value) {
  const json = stringify(value);
  return typeof json === 'string' ? json : '""';
}

function valueOf(value) {
  let json;
  try {
    json = stringify(value);
  } catch {
    return '{"kind":"unsayable"}';
  }
  if (json === undefined) return value === undefined ? '{"kind":"nothing"}' : '{"kind":"unsayable"}';
  return '{"kind":"value","value":' + json + '}';
}

// CommonJS packages inside the bundle ask for Node's own modules by `require`.
globalThis.require = createRequire(path);
process.once('disconnect', () => process.exit());

let module;
try {
  module = await import(file);
} catch (error) {
  answer(0, describe(error));
}

if (module !== undefined) {
  process.on('message', async (message) => {
    const { id, name, args } = parse(message);
    if (!hasOwn(module, name) || typeof module[name] !== 'function') {
      answer(id, '{"kind":"absent"}');
      return;
    }
    const target = module[name];
    if (args === null) {
      answer(id, valueOf(target.length));
      return;
    }
    const given = [];
    for (let index = 0; index < args.length; index += 1)
      given[index] = hasOwn(args[index], 'value') ? args[index].value : undefined;
    try {
      answer(id, valueOf(await apply(target, undefined, given)));
    } catch (error) {
      answer(id, describe(error));
    }
  });
  answer(0, '{"kind":"value","value":' + stringify(keys(module)) + '}');
}
