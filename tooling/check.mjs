// Types, lint (with the boundaries of the house) and format, all of them even if one fails.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './bundle/bundle.mjs';

const tools = [
  ['types', 'typescript/bin/tsc', ['-p', '.']],
  ['lint', 'eslint/bin/eslint.js', ['.', '--max-warnings', '0']],
  ['format', 'prettier/bin/prettier.cjs', ['--check', '--log-level', 'warn', '.']],
];
let failed = 0;
for (const [name, script, args] of tools) {
  const { status } = spawnSync(process.execPath, [join(root, 'node_modules', script), ...args], {
    cwd: root,
    stdio: 'inherit',
  });
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${name}`);
  if (status !== 0) failed += 1;
}
process.exitCode = failed === 0 ? 0 : 1;
