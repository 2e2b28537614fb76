// Runs the tests in a temporary folder of their own and looks afterwards for what they left behind: a file, a
// process or a port that outlives them is a defect of the product, not of the test machine.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { root } from './bundle/bundle.mjs';

const folder = mkdtempSync(join(realpathSync(tmpdir()), 'coldstart-tests-'));
const report = join(folder, 'vitest-report.json');
/** What a process that a test started is called by: functions, commands, and programs that a test made itself. */
const places = [
  join(root, 'emulator', 'services', 'lambda', 'execution', 'bootstrap'),
  join(root, 'node_modules', '.cache', 'coldstart'),
  `${folder}${sep}`,
];
const before = new Set(ourProcesses().map(({ pid }) => pid));

if (process.env.COLDSTART_MISTAKES !== 'all')
  console.log(
    'NOTICE: what labs leave behind, and what they look at on servers that show less, is tested by `npm run proof`.',
  );
const { status } = spawnSync(
  process.execPath,
  [
    join(root, 'node_modules', 'vitest', 'vitest.mjs'),
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...process.argv.slice(2),
  ],
  {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      ...process.env,
      TMPDIR: folder,
      TEMP: folder,
      TMP: folder,
      COLDSTART_LANG: 'en',
      NO_COLOR: '1',
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    },
  },
);

/** Processes of the product, where the system can list them with their command lines (Linux). */
function ourProcesses() {
  if (process.platform !== 'linux') return [];
  const found = [];
  for (const pid of readdirSync('/proc')) {
    if (!/^\d+$/.test(pid)) continue;
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
      if (places.some((place) => command.includes(place))) found.push({ pid: Number(pid), command });
    } catch {
      // It ended while we looked.
    }
  }
  return found;
}

let numbers = { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTotalTests: 0 };
try {
  numbers = JSON.parse(readFileSync(report, 'utf8'));
} catch {
  console.error('The test runner wrote no report.');
  numbers.numFailedTests = 1;
}
const left = [
  ...ourProcesses()
    .filter(({ pid }) => !before.has(pid))
    .map(({ pid, command }) => `process ${String(pid)}: ${command}`),
  ...readdirSync(folder)
    .filter((name) => name.startsWith('coldstart'))
    .map((name) => `file: ${name}`),
];
for (const each of left) console.error(`Left behind: ${each}`);
rmSync(folder, { recursive: true, force: true, maxRetries: 3 });

// A test file that could not be read at all counts as one failure.
const broken = status !== 0 && numbers.numFailedTests === 0 ? 1 : 0;
const failed = numbers.numFailedTests + broken + (left.length > 0 ? 1 : 0);
console.log(
  `${String(numbers.numPassedTests)} passed, ${String(failed)} failed, ${String(numbers.numPendingTests)} skipped`,
);
process.exitCode = failed === 0 && numbers.numPassedTests > 0 ? 0 : 1;
