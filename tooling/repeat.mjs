// `npm test` so many times in a row, stopping at the first that fails: a test that failed once is a bug.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './bundle/bundle.mjs';

const times = Number(process.argv[2] ?? 10);
for (let run = 1; run <= times; run += 1) {
  const begun = Date.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'tooling', 'test.mjs')], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  const last = stdout.trimEnd().split('\n').at(-1) ?? '';
  console.log(
    `${String(run)} of ${String(times)}: ${last} in ${String(Math.round((Date.now() - begun) / 1000))} s`,
  );
  if (status !== 0) {
    console.log(stdout.slice(-20_000));
    console.error(stderr.slice(-5_000));
    process.exit(1);
  }
}
