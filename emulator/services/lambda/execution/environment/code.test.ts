import { mkdirSync, mkdtempSync, existsSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { projectRoot } from '../../../../../tooling/root.ts';
import { openBench } from '../testing/bench.ts';

const cache = join(projectRoot(), 'node_modules', '.cache');
mkdirSync(cache, { recursive: true });
const inside = mkdtempSync(join(cache, 'coldstart-home-'));
afterAll(() => {
  rmSync(inside, { recursive: true, force: true });
});
const outside = (home: string) =>
  join(tmpdir(), `coldstart-code-${createHash('sha256').update(home).digest('hex').slice(0, 16)}`);

describe('a home below Coldstart’s own folder', () => {
  it('gives functions none of Coldstart’s packages, and leaves nothing outside', async () => {
    const bench = openBench({ home: inside });
    const imports = (name: string) =>
      bench.invoke(
        bench.make({ 'index.mjs': `import '${name}'; export const handler = async () => process.cwd();` }),
      );
    const missing = await imports('esbuild');
    const sdk = await imports('@aws-sdk/client-sts');
    expect(missing.value).toMatchObject({
      errorMessage: "Cannot find package 'esbuild' imported from /var/task/index.mjs",
    });
    expect(sdk.functionError).toBeUndefined();
    expect(sdk.value).toContain('coldstart-code-');
    const common = await bench.invoke(
      bench.make({ 'index.js': `require('esbuild'); exports.handler = async () => 1;` }),
    );
    expect(common.errorType).toBe('Runtime.ImportModuleError');
    expect(existsSync(outside(inside))).toBe(true);
    await bench.stop();
    expect(existsSync(outside(inside))).toBe(false);
  });

  it.skipIf(process.platform === 'win32')('does not run what somebody else put in its place', async () => {
    const home = join(inside, 'other');
    symlinkSync(inside, outside(home));
    const bench = openBench({ home });
    await expect(bench.invoke(bench.make({ 'index.mjs': '' }))).rejects.toThrow('belongs to somebody else');
    rmSync(outside(home));
    await bench.stop();
  });
});

it('a disk that refuses is said, and is not remembered', async () => {
  const bench = openBench();
  const version = bench.make({ 'index.mjs': `export const handler = async () => 1;` });
  mkdirSync(join(bench.home, 'lambda'));
  const blocked = join(bench.home, 'lambda', 'code');
  writeFileSync(blocked, 'in the way');
  await expect(bench.invoke(version)).rejects.toThrow();
  expect(bench.execution.busy(version.scope, version.name)).toBe(0);
  rmSync(blocked);
  expect((await bench.invoke(version)).value).toBe(1);
  await bench.stop();
});
