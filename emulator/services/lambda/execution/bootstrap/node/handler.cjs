'use strict';
/* Finds the function that `_HANDLER` names: Lambda's rules of paths, endings and exports. */
const { existsSync, readFileSync } = require('node:fs');
const { createRequire } = require('node:module');
const path = require('node:path');
const { pathToFileURL } = require('node:url');
const { fault } = require('./faults.cjs');
const { shown } = require('./places.cjs');

/**
 * @param {string} root the package's folder
 * @param {string} name for example `src/app/index.handlers.main`
 * @param {boolean} always import: nodejs24.x and later load CommonJS by `import()`, too
 */
exports.load = async (root, name, alwaysImport) => {
  if (name.includes('..')) {
    throw fault(
      'MalformedHandlerName',
      `'${name}' is not a valid handler name. Use absolute paths when specifying root directories in handler names.`,
    );
  }
  const last = path.basename(name);
  const folder = name.slice(0, name.indexOf(last)).replace(/\/$/, '');
  const dot = last.indexOf('.');
  if (dot < 0) throw fault('MalformedHandlerName', 'Bad handler');
  const loaded = await loadModule(root, folder, last.slice(0, dot), alwaysImport);
  return resolve(loaded, last.slice(dot + 1), name);
};

async function loadModule(root, folder, module, alwaysImport) {
  const file = path.resolve(root, folder, module);
  // Relative to the package, as the runtime resolves from there and not from its own folder.
  const require = createRequire(path.join(root, 'noop.js'));
  try {
    for (const ending of ['', '.js', '.mjs', '.cjs']) {
      if (!existsSync(file + ending)) continue;
      const common =
        !alwaysImport && ending !== '.mjs' && !(ending === '.js' && isModule(path.dirname(file)));
      return common ? require(file + ending) : await import(pathToFileURL(file + ending).href);
    }
    return require(require.resolve(module, { paths: [root, path.join(root, folder)] }));
  } catch (error) {
    if (error instanceof SyntaxError) {
      const wrapped = fault('UserCodeSyntaxError', shown(String(error)));
      wrapped.stack = error.stack;
      throw wrapped;
    }
    if (error?.code === 'MODULE_NOT_FOUND') throw fault('ImportModuleError', notFound(error));
    throw error;
  }
}

/* Node names the file that stands in for the package; Lambda's runtime names itself. */
function notFound(error) {
  return shown(String(error)).replace('/var/task/noop.js', '/var/runtime/index.mjs');
}

/* The nearest package.json decides. One that cannot be read counts as CommonJS, as at Lambda. */
function isModule(folder) {
  for (let at = folder; ; at = path.dirname(at)) {
    if (path.basename(at) === 'node_modules') return false;
    const manifest = path.join(at, 'package.json');
    if (existsSync(manifest)) {
      try {
        return JSON.parse(readFileSync(manifest, 'utf8'))?.type === 'module';
      } catch {
        return false;
      }
    }
    if (path.dirname(at) === at) return false;
  }
}

function resolve(module, exportPath, name) {
  const find = (from) =>
    exportPath
      .split('.')
      .reduce(
        (at, key) =>
          at !== null && (typeof at === 'object' || typeof at === 'function') ? at[key] : undefined,
        from,
      );
  const handler = find(module) || find(module?.default);
  if (!handler) throw fault('HandlerNotFound', `${name} is undefined or not exported`);
  if (typeof handler !== 'function') throw fault('HandlerNotFound', `${name} is not a function`);
  return handler;
}
