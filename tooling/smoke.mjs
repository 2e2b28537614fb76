// A student's first ten minutes on each supported Node.js: workspace, deployment, call, logs, grade, wrong and right.
// Each version's binary comes from the npm registry and is used for this alone.
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './bundle/bundle.mjs';

const windows = process.platform === 'win32';
const packageName = `node-${windows ? 'win' : process.platform}-${process.arch}`;
const kept = join(root, 'node_modules', '.cache', 'coldstart-node');

/** The binary of a major version; packed by npm, which checks its integrity. */
function binary(major) {
  const folder = join(kept, major);
  const file = join(folder, 'package', 'bin', windows ? 'node.exe' : 'node');
  if (existsSync(file)) return file;
  mkdirSync(folder, { recursive: true });
  const packed = spawnSync(
    'npm',
    ['pack', `${packageName}@${major}`, '--silent', '--pack-destination', folder],
    {
      encoding: 'utf8',
      shell: windows,
    },
  );
  const archive = readdirSync(folder)
    .filter((name) => name.endsWith('.tgz'))
    .sort(newest)[0];
  if (packed.status !== 0 || archive === undefined)
    throw new Error(`npm could not get ${packageName}@${major}: ${packed.stderr}`);
  spawnSync('tar', ['-xzf', archive], { cwd: folder });
  for (const name of readdirSync(folder)) if (name.endsWith('.tgz')) rmSync(join(folder, name));
  chmodSync(file, 0o755);
  return file;
}
function newest(a, b) {
  return b.localeCompare(a, 'en', { numeric: true });
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

let passed = 0;
let failed = 0;

async function student(major) {
  const node = binary(major);
  const version = spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim();
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'coldstart-smoke-'));
  const work = join(folder, 'work');
  const env = {
    ...process.env,
    COLDSTART_HOME: join(folder, 'home'),
    COLDSTART_WORK: work,
    COLDSTART_CLOUD_PORT: String(await freePort()),
    COLDSTART_PAGE_PORT: String(await freePort()),
    COLDSTART_LANG: 'en',
    NO_COLOR: '1',
  };
  const does = (what, args, status, says) => {
    const run = spawnSync(node, [join(root, 'cli', 'launch.mjs'), ...args], {
      cwd: root,
      env,
      encoding: 'utf8',
      timeout: 120_000,
    });
    const output = `${run.stdout}${run.stderr}`;
    const right = run.status === status && says.test(output) && !/\n\s+at .*\(?(?:node:|file:)/.test(output);
    if (right) passed += 1;
    else failed += 1;
    console.log(`${right ? 'ok    ' : 'FAILED'} ${version}  ${what}`);
    if (!right)
      console.log(`status ${String(run.status)}, expected ${String(status)} and ${String(says)}\n${output}`);
  };
  try {
    const workspace = join(work, '01-first-handler');
    does('lab 1 opens', ['lab', '1'], 0, /127\.0\.0\.1/);
    does('the untouched starter is not right yet', ['grade', '1'], 1, /0 of 100|points/i);
    cpSync(join(root, 'solutions', '01-first-handler'), workspace, { recursive: true });
    does('the solution deploys', ['deploy', '1'], 0, /lab01-greeter/);
    does('it answers', ['invoke', '1', '{"name":"Ada"}'], 0, /Ada/);
    does('it has logs', ['logs', '1'], 0, /REPORT RequestId/);
    does('it is graded right', ['grade', '1'], 0, /100/);
    does('it is cleaned up', ['clean', '1', '--yes'], 0, /lab01-greeter/);
    does('an unknown lab is a sentence', ['grade', '77'], 2, /77/);
  } finally {
    does('the cloud ends', ['stop'], 0, /ended/);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

for (const major of process.argv.slice(2)) {
  try {
    await student(major);
  } catch (error) {
    failed += 1;
    console.log(`FAILED Node.js ${major}: ${error.message}`);
  }
}
console.log(`${String(passed)} passed, ${String(failed)} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
