import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openBench } from '../../testing/bench.ts';

const bench = openBench();
afterAll(() => bench.stop());

describe('/tmp', () => {
  it('is each environment’s own, by every way of fs', async () => {
    const version = bench.make({
      'index.mjs': `import fs, { writeFileSync, readFileSync } from 'node:fs';
import { readFile, mkdir, rename, readdir, rm, open, appendFile, copyFile, stat, mkdtemp } from 'node:fs/promises';
import { promisify } from 'node:util';
import { pipeline } from 'node:stream/promises';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
const require = createRequire(import.meta.url);
export const handler = async ({ name }) => {
  writeFileSync('/tmp/' + name, 'one');
  await appendFile(new URL('file:///tmp/' + name), '-two');
  fs.appendFileSync(Buffer.from('/tmp/' + name), '-three');
  await mkdir('/tmp/a/b', { recursive: true });
  await copyFile('/tmp/' + name, '/tmp/a/b/copy');
  await rename('/tmp/a/b/copy', '/tmp/a/moved');
  const handle = await open('/tmp/a/opened', 'w');
  await handle.writeFile('x');
  await handle.close();
  await pipeline(['streamed'], fs.createWriteStream('/tmp/a/streamed'));
  const made = await mkdtemp('/tmp/made-');
  const viaCallback = await new Promise((done, fail) => fs.readFile('/tmp/a/moved', 'utf8', (e, d) => (e ? fail(e) : done(d))));
  const missing = await readFile('/tmp/missing').catch((error) => ({ code: error.code, path: error.path, message: error.message }));
  process.chdir('/tmp');
  const relative = readFileSync(name, 'utf8');
  process.chdir(process.env.LAMBDA_TASK_ROOT);
  return {
    text: readFileSync('/tmp/' + name, 'utf8'), required: require('fs').readFileSync('/tmp/' + name, 'utf8'),
    viaCallback, relative, missing,
    streamed: await readFile(path.join(os.tmpdir(), 'a/streamed'), 'utf8'),
    names: (await readdir('/tmp/a')).sort(),
    made: [made.startsWith('/tmp/made-'), (await stat(made)).isDirectory()],
    exists: [fs.existsSync('/tmp'), fs.existsSync('/tmp/nothing'), await promisify(fs.exists)('/tmp/a')],
    dots: fs.existsSync('/tmp/../tmp/a'), real: fs.realpathSync('/tmp/a'),
    task: readFileSync('/var/task/index.mjs', 'utf8').length > 10,
    left: await rm('/tmp/a', { recursive: true }).then(() => fs.existsSync('/tmp/a')),
  };
};`,
    });
    const name = `coldstart-test-${process.pid}`;
    const { value, functionError } = await bench.invoke(version, { name });
    expect(functionError, JSON.stringify(value)).toBeUndefined();
    const text = 'one-two-three';
    expect(value).toEqual({
      text,
      required: text,
      viaCallback: text,
      relative: text,
      missing: {
        code: 'ENOENT',
        path: '/tmp/missing',
        message: "ENOENT: no such file or directory, open '/tmp/missing'",
      },
      streamed: 'streamed',
      names: ['b', 'moved', 'opened', 'streamed'],
      made: [true, true],
      exists: [true, false, true],
      dots: true,
      real: '/tmp/a',
      task: true,
      left: false,
    });
    expect(existsSync(join('/tmp', name))).toBe(false);
  });

  it('is kept between invocations and after a crash, and goes with the environment', async () => {
    const version = bench.make({
      'index.mjs': `import { existsSync, writeFileSync } from 'node:fs';
export const handler = async ({ exit }) => {
  const was = existsSync('/tmp/kept');
  writeFileSync('/tmp/kept', '');
  if (exit) process.exit(1);
  return was;
};`,
    });
    expect((await bench.invoke(version)).value).toBe(false);
    expect((await bench.invoke(version)).value).toBe(true);
    expect((await bench.invoke(version, { exit: true })).errorType).toBe('Runtime.ExitError');
    expect((await bench.invoke(version)).value).toBe(true);
    expect((await bench.invoke({ ...version, revision: 'other' })).value).toBe(false);
  });

  it('has a size', async () => {
    const version = bench.make(
      {
        'index.mjs': `import { writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
export const handler = async () => {
  writeFileSync('/tmp/first', Buffer.alloc(400 * 1024 * 1024));
  const told = [];
  try { writeFileSync('/tmp/second', Buffer.alloc(200 * 1024 * 1024)); } catch (error) { told.push(error.code, error.message); }
  await writeFile('/tmp/second', Buffer.alloc(200 * 1024 * 1024)).catch((error) => told.push(error.code));
  writeFileSync('/tmp/third', Buffer.alloc(50 * 1024 * 1024));
  return told;
};`,
      },
      { memoryMB: 2048, timeoutSeconds: 25 },
    );
    expect((await bench.invoke(version)).value).toEqual([
      'ENOSPC',
      "ENOSPC: no space left on device, write '/tmp/second'",
      'ENOSPC',
    ]);
  });
});

describe('the package', () => {
  it('cannot be written to', async () => {
    const version = bench.make({
      'index.mjs': `import fs from 'node:fs';
import { writeFile, mkdir } from 'node:fs/promises';
const code = (task) => { try { task(); return 'done'; } catch (error) { return error.message; } };
const later = (promise) => promise.then(() => 'done', (error) => error.message);
export const handler = async () => [
  code(() => fs.writeFileSync('/var/task/new', 'x')),
  code(() => fs.writeFileSync('relative', 'x')),
  code(() => fs.openSync(process.env.LAMBDA_TASK_ROOT + '/index.mjs', 'a')),
  code(() => fs.renameSync('/var/task/index.mjs', '/tmp/index.mjs')),
  code(() => fs.renameSync('/var/task/index.mjs', '/var/task/other.mjs')),
  await later(writeFile('/var/task/new', 'x')),
  await later(mkdir('/var/task/folder')),
  await new Promise((done) => fs.writeFile('/var/task/new', 'x', (error) => done(error?.message))),
  await new Promise((done) => fs.createWriteStream('/var/task/new').on('error', (error) => done(error.message))),
  code(() => fs.readFileSync('/var/task/index.mjs')),
];`,
    });
    const { value } = await bench.invoke(version);
    const refused = (call: string, name: string) => `EROFS: read-only file system, ${call} '${name}'`;
    expect(value).toEqual([
      refused('open', '/var/task/new'),
      refused('open', 'relative'),
      refused('open', '/var/task/index.mjs'),
      refused('rename', '/var/task/index.mjs'),
      refused('rename', '/var/task/index.mjs'),
      refused('open', '/var/task/new'),
      refused('mkdir', '/var/task/folder'),
      refused('open', '/var/task/new'),
      refused('open', '/var/task/new'),
      'done',
    ]);
  });

  it('is unpacked once for all environments that run it', async () => {
    const version = bench.make({ 'index.mjs': `export const handler = async () => import.meta.url;` });
    const urls = await Promise.all([1, 2, 3].map(async () => (await bench.invoke<string>(version)).value));
    expect(new Set(urls).size).toBe(1);
    const folders = readdirSync(join(bench.home, 'lambda', 'code'));
    expect(folders.filter((name) => name.startsWith('draft'))).toEqual([]);
  });
});
