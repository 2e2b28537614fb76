import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openBench } from '../testing/bench.ts';
import { binaryOf, findNode } from './node.ts';

const folder = mkdtempSync(join(tmpdir(), 'coldstart-runtimes-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});
const hostMajor = Number.parseInt(process.versions.node, 10);
const otherMajor = hostMajor === 24 ? 22 : 24;

if (process.platform === 'win32') console.log('Windows: a stand-in for a kept binary is not tested here.');

describe('the Node.js of a runtime', () => {
  it('is the host’s where it matches', async () => {
    expect(await findNode(`nodejs${hostMajor}.x`, folder)).toMatchObject({
      command: process.execPath,
      version: process.version,
      matches: true,
    });
  });

  it('is the host’s with a notice where none is kept', async () => {
    expect(await findNode(`nodejs${otherMajor}.x`, folder)).toMatchObject({
      command: process.execPath,
      matches: false,
    });
  });

  it.skipIf(process.platform === 'win32')('is one that is kept, and is asked what it is', async () => {
    const binary = binaryOf(folder, otherMajor);
    mkdirSync(dirname(binary), { recursive: true });
    // Stands in for a binary of 100 MB: answers as one of that version would, and is the host's otherwise.
    writeFileSync(
      binary,
      `#!/bin/sh\nif [ "$1" = -e ]; then echo '["v${otherMajor}.1.2",["--no-experimental-detect-module"]]'; else exec '${process.execPath}' "$@"; fi\n`,
    );
    chmodSync(binary, 0o755);
    const runtime = `nodejs${otherMajor}.x`;
    expect(await findNode(runtime, folder)).toEqual({
      command: binary,
      version: `v${otherMajor}.1.2`,
      matches: true,
      flags: ['--no-experimental-detect-module'],
    });
    const bench = openBench({ runtimes: folder });
    const files = { 'index.mjs': 'export const handler = async () => process.execArgv;' };
    const { value, log } = await bench.invoke(bench.make(files, { runtime }));
    await bench.stop();
    expect(value).toContain('--no-experimental-detect-module');
    expect(value).not.toContain('--no-experimental-require-module');
    expect(log[0]).not.toContain('(host)');
  });

  it('is the host’s where the one that is kept does not run', async () => {
    const binary = binaryOf(folder, 26);
    mkdirSync(dirname(binary), { recursive: true });
    copyFileSync(import.meta.filename, binary);
    chmodSync(binary, 0o755);
    expect((await findNode('nodejs26.x', folder)).matches).toBe(hostMajor === 26);
  });
});
