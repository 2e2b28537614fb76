// The steps of continuous integration, all of them even if one fails, and one line at the end that counts them.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './bundle/bundle.mjs';

const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
const python = process.platform === 'win32' ? 'python' : 'python3';
/** Tools of AWS that tests ask for where they are there: a Python of their own, kept between runs. */
const tools = join(root, 'node_modules', '.cache', 'coldstart-python');
const programs = join(tools, process.platform === 'win32' ? 'Scripts' : 'bin');
const sam = join(programs, process.platform === 'win32' ? 'sam.exe' : 'sam');
/** @type {readonly { name: string, command: string, args: readonly string[] }[]} */
const steps = [
  ...(existsSync(sam)
    ? []
    : [
        { name: 'a Python for the SAM CLI', command: python, args: ['-m', 'venv', tools] },
        {
          name: 'the SAM CLI',
          command: join(programs, 'python'),
          args: ['-m', 'pip', 'install', '--quiet', 'aws-sam-cli'],
        },
      ]),
  { name: 'types, lint, boundaries, format', command: npm, args: ['run', 'check'] },
  { name: 'tests', command: npm, args: ['test'] },
  {
    name: 'a student on Node.js 20, 22 and 24',
    command: process.execPath,
    args: ['tooling/smoke.mjs', '20', '22', '24'],
  },
  { name: 'a short sample of every long proof', command: npm, args: ['run', 'proof', '--', '--sample'] },
];

let passed = 0;
let failed = 0;
for (const { name, command, args } of steps) {
  console.log(`\n== ${name}`);
  const begun = Date.now();
  const { status, stdout } = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
    shell: process.platform === 'win32',
    env: { ...process.env, COLDSTART_SAM: sam },
  });
  process.stdout.write(stdout ?? '');
  const [, inner, innerFailed] = /^(\d+) passed, (\d+) failed/m.exec(lastLines(stdout ?? '')) ?? [];
  if (inner === undefined) {
    if (status === 0) passed += 1;
    else failed += 1;
  } else {
    passed += Number(inner);
    failed += Number(innerFailed);
    if (status !== 0 && Number(innerFailed) === 0) failed += 1;
  }
  console.log(
    `== ${name}: ${status === 0 ? 'ok' : 'FAILED'} in ${String(Math.round((Date.now() - begun) / 1000))} s`,
  );
}

/** Where a step's own count stands. */
function lastLines(output) {
  return output.trimEnd().split('\n').slice(-3).join('\n');
}

console.log(`\n${String(passed)} passed, ${String(failed)} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
