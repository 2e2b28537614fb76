// Types, lint (with the boundaries of the house) and format, all of them even if one fails.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './bundle/bundle.mjs';

const tools = [
  ['types', 'typescript/bin/tsc', ['-p', '.']],
  // The types of all the SDK's clients at once are more than the heap that Node.js takes by itself.
  ['lint', 'eslint/bin/eslint.js', ['.', '--max-warnings', '0'], ['--max-old-space-size=8192']],
  ['format', 'prettier/bin/prettier.cjs', ['--check', '--log-level', 'warn', '.']],
];
let failed = 0;
for (const [name, script, args, flags = []] of tools) {
  const { status } = spawnSync(process.execPath, [...flags, join(root, 'node_modules', script), ...args], {
    cwd: root,
    stdio: 'inherit',
  });
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${name}`);
  if (status !== 0) failed += 1;
}
process.exitCode = failed === 0 ? 0 : 1;
