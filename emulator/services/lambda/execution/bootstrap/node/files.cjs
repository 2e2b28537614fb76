'use strict';
/*
 * Functions use the literal paths `/tmp` and `/var/task`. Without root there is no mounting, so that calls of
 * `fs` with such a path are led to the environment's own folders, and writes below the package fail as on
 * Lambda's read-only file system. What does not go through Node's `fs` (programs that a function starts,
 * native modules) finds its folder through TMPDIR, as `os.tmpdir()` does.
 */
const fs = require('node:fs');
const { syncBuiltinESMExports } = require('node:module');
const path = require('node:path');
const { fileURLToPath } = require('node:url');
const { promisify } = require('node:util');

/* Methods that take one path, and what they do there; streams open their files through `open`. */
const reads = [
  'access',
  'exists',
  'lstat',
  'opendir',
  'readFile',
  'readdir',
  'readlink',
  'realpath',
  'stat',
  'statfs',
  'watch',
  'watchFile',
  'unwatchFile',
  'openAsBlob',
];
const changes = [
  'appendFile',
  'chmod',
  'chown',
  'lchmod',
  'lchown',
  'lutimes',
  'mkdir',
  'mkdtemp',
  'rm',
  'rmdir',
  'truncate',
  'unlink',
  'utimes',
  'writeFile',
];
const twoPaths = ['copyFile', 'cp', 'link', 'rename', 'symlink'];
const writesData = new Set(['appendFile', 'writeFile']);

/**
 * @param {string} tmp the environment's folder for `/tmp`
 * @param {number} megabytes its size
 * @param {string | undefined} opt the folder for `/opt`, where the function has layers
 */
exports.redirect = (tmp, megabytes, opt) => {
  const task = process.env.LAMBDA_TASK_ROOT;
  const limit = megabytes * 1024 * 1024;
  const places = [['/tmp', tmp], ['/var/task', task], ...(opt === undefined ? [] : [['/opt', opt]])];
  const isLed = (text) => places.some(([there]) => text.startsWith(there));

  // Real paths: a cloud that itself lies below /tmp is not to be led astray.
  const kept = [
    tmp,
    path.dirname(task),
    ...(opt === undefined ? [] : [path.dirname(opt)]),
    path.resolve(__dirname, '../../../../../..'),
  ];

  const here = (given) => {
    let text = given;
    if (typeof given !== 'string') {
      if (given instanceof Uint8Array)
        text = Buffer.from(given.buffer, given.byteOffset, given.length).toString();
      else if (given instanceof URL && given.protocol === 'file:') {
        // On Windows, `file:///tmp/x` has no drive and is no path.
        const at = given.pathname;
        text = isLed(at) ? decodeURIComponent(at) : fileURLToPath(given);
      } else return given;
    }
    if (!isLed(text)) return given;
    const plain = text.includes('..') ? path.posix.normalize(text) : text;
    if (kept.some((folder) => plain === folder || plain.startsWith(folder + path.sep))) return given;
    for (const [there, folder] of places) {
      if (plain === there) return folder;
      if (plain.startsWith(`${there}/`)) return folder + plain.slice(there.length);
    }
    return given;
  };
  /** Errors and results name the folders as the function did. */
  const there = (text) => {
    for (const [name, folder] of places) {
      if (typeof text === 'string' && text.includes(folder)) return text.replaceAll(folder, name);
    }
    return text;
  };
  const named = (error) => {
    if (error !== null && typeof error === 'object') {
      for (const key of ['path', 'dest', 'message', 'stack']) {
        const value = error[key];
        if (typeof value === 'string') error[key] = there(value);
      }
    }
    return error;
  };
  const refusal = (code, number, words, call, at) => {
    const error = new Error(`${code}: ${words}, ${call} '${there(String(at))}'`);
    return Object.assign(error, { errno: number, code, syscall: call, path: there(String(at)) });
  };
  const inTask = (at) => {
    if (typeof at !== 'string') return false;
    const absolute = path.resolve(at);
    return [task, opt].some(
      (at) => at !== undefined && (absolute === at || absolute.startsWith(at + path.sep)),
    );
  };

  /** Leads the paths of a call and refuses what Lambda's file system would refuse. */
  const lead = (name, given, count, changing) => {
    const values = [...given];
    for (let at = 0; at < count; at += 1) values[at] = here(values[at]);
    const target = values[name === 'rename' || count === 1 ? 0 : 1];
    const call = writesData.has(name) ? 'open' : name;
    const changed = changing === true ? [target, ...(name === 'rename' ? [values[1]] : [])] : [];
    for (const one of changed) {
      if (inTask(one)) throw refusal('EROFS', -30, 'read-only file system', call, one);
    }
    if (writesData.has(name) && typeof values[0] === 'string' && values[0].startsWith(tmp)) {
      const data = values[1];
      const size = typeof data === 'string' ? Buffer.byteLength(data) : (data?.byteLength ?? 0);
      if (size > 0 && used(tmp) + size > limit) {
        throw refusal('ENOSPC', -28, 'no space left on device', 'write', values[0]);
      }
    }
    return values;
  };
  let usage = { at: -Infinity, bytes: 0, left: 0 };
  const used = () => {
    // Counting a full folder for every write would cost more than the write.
    if (usage.left > 0 && performance.now() - usage.at < 50 && usage.bytes < limit / 2) {
      usage.left -= 1;
      return usage.bytes;
    }
    usage = { at: performance.now(), bytes: sizeOf(tmp), left: 100 };
    return usage.bytes;
  };

  const wrap = (owner, name, count, changing, asPromise) => {
    const original = owner[name];
    if (typeof original !== 'function') return;
    const base = name.replace(/Sync$/, '');
    const isChanging = (given) => (base === 'open' ? writes(given[1]) : changing);
    const givesPath = ['mkdtemp', 'realpath', 'mkdir'].includes(base);
    const isAsync = !asPromise && !name.endsWith('Sync');

    const replacement = (...given) => {
      // What the caller is told names the folders as it did itself.
      let led = false;
      const told = (result) => (led && givesPath ? there(result) : result);
      const failed = (error) => (led ? named(error) : error);
      let values;
      try {
        values = lead(base, given, count, isChanging(given));
      } catch (error) {
        if (asPromise) return Promise.reject(error);
        const callback = given.at(-1);
        if (!isAsync || typeof callback !== 'function') throw error;
        process.nextTick(callback, error);
        return undefined;
      }
      led = values.slice(0, count).some((value, at) => value !== given[at]);
      if (!led) return original.apply(owner, values);
      const callback = values.at(-1);
      if (isAsync && typeof callback === 'function') {
        values[values.length - 1] = (error, ...results) => callback(failed(error), ...results.map(told));
      }
      if (asPromise) {
        return original.apply(owner, values).then(told, (error) => {
          throw failed(error);
        });
      }
      try {
        return told(original.apply(owner, values));
      } catch (error) {
        throw failed(error);
      }
    };
    for (const key of ['name', 'length']) {
      Object.defineProperty(replacement, key, { value: original[key], configurable: true });
    }
    if (typeof original.native === 'function') replacement.native = original.native;
    if (name === 'exists') {
      replacement[promisify.custom] = (at) => new Promise((resolve) => void replacement(at, resolve));
    }
    owner[name] = replacement;
  };

  const wrapAll = (owner, endings, asPromise) => {
    for (const ending of endings) {
      for (const name of reads) wrap(owner, name + ending, 1, false, asPromise);
      for (const name of changes) wrap(owner, name + ending, 1, true, asPromise);
      for (const name of twoPaths) wrap(owner, name + ending, 2, true, asPromise);
      wrap(owner, `open${ending}`, 1, undefined, asPromise);
    }
  };
  wrapAll(fs, ['', 'Sync'], false);
  wrapAll(fs.promises, [''], true);
  const chdir = process.chdir.bind(process);
  process.chdir = (folder) => chdir(here(folder));
  syncBuiltinESMExports();
};

function writes(flags) {
  if (typeof flags === 'string') return /[wa+]/.test(flags);
  if (typeof flags === 'number') {
    return (flags & (fs.constants.O_WRONLY | fs.constants.O_RDWR | fs.constants.O_CREAT)) !== 0;
  }
  return false;
}

const { readdirSync, lstatSync } = fs;

function sizeOf(folder) {
  let bytes = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const at = path.join(folder, entry.name);
    try {
      bytes += entry.isDirectory() ? sizeOf(at) : lstatSync(at).size;
    } catch {
      // Gone while it was counted.
    }
  }
  return bytes;
}
