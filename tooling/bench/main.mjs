// The figures of design.md that exist so far, measured on this machine in one run. Exit status 1 if one is missed.
// `--peer http://…` does the same work on another server that speaks Lambda's API, and shows the ratio.
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { root } from '../bundle/bundle.mjs';
import { percentile } from './clients.mjs';
import { measureFunctions } from './functions.mjs';
import { measureRest } from './rest.mjs';

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
const { peer } = parseArgs({ options: { peer: { type: 'string' } } }).values;

const folder = mkdtempSync(join(realpathSync(tmpdir()), 'coldstart-bench-'));
const port = await freePort();
const env = {
  ...process.env,
  COLDSTART_HOME: join(folder, 'home'),
  COLDSTART_WORK: join(folder, 'work'),
  COLDSTART_CLOUD_PORT: String(port),
  COLDSTART_PAGE_PORT: String(await freePort()),
  COLDSTART_LANG: 'en',
  NO_COLOR: '1',
};
const origin = `http://127.0.0.1:${String(port)}`;
const launch = (...args) => [join(root, 'cli', 'launch.mjs'), ...args];
const rows = [];

/** What is measured of functions, and the design's aims. */
const figures = [
  // The first cold call also pays for loading the services: a student meets it once.
  { key: 'first', name: 'first invoke of a new cloud', unit: 'ms' },
  { key: 'cold', name: 'cold invoke, median of 14', unit: 'ms', most: 150 },
  { key: 'warm50', name: 'warm invoke p50 of 600', unit: 'ms', most: 3 },
  { key: 'warm99', name: 'warm invoke p99 of 600', unit: 'ms' },
  { key: 'throughput', name: 'warm invokes with 8 clients', unit: '/s' },
];
const restFigures = [
  { key: 'open', name: 'REST API to Lambda with 8 clients', unit: '/s', least: 1500 },
  { key: 'open95', name: 'REST API to Lambda, p95', unit: 'ms', most: 15 },
  { key: 'openCpu', name: 'REST API to Lambda, CPU of the cloud', unit: 'ms' },
  { key: 'guarded', name: 'with key, plan and cached authorizer', unit: '/s', least: 1000 },
  { key: 'guarded95', name: 'with key, plan and cached authorizer, p95', unit: 'ms' },
  { key: 'guardedCpu', name: 'with key, plan and authorizer, CPU', unit: 'ms' },
];

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port: found } = server.address();
      server.close(() => resolve(found));
    });
  });
}
const record = (name, value, unit, { most, least, beside } = {}) =>
  rows.push({ name, value, unit, most, least, beside });

/** ms from the start of a Node process to the cloud's first answer. */
async function ready() {
  const begun = performance.now();
  const cloud = spawn(process.execPath, launch('cloud', '--ephemeral'), { cwd: root, env, stdio: 'ignore' });
  const ended = new Promise((resolve) => cloud.once('exit', resolve));
  try {
    for (const deadline = begun + 20_000; performance.now() < deadline;) {
      try {
        if ((await fetch(`${origin}/_coldstart/health`)).ok) return performance.now() - begun;
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
    }
    throw new Error('The cloud did not answer within 20 s.');
  } finally {
    cloud.kill();
    await ended;
  }
}

const half = (values) => percentile(values, 0.5);

/** ms of processor time that a process has used, without its children; NaN where the system cannot tell. */
function cpuOf(pid) {
  if (process.platform !== 'linux') return NaN;
  // After the name, which may hold blanks: the 14th and 15th fields of the line, in hundredths of a second.
  const fields = readFileSync(`/proc/${String(pid)}/stat`, 'utf8')
    .split(') ')
    .at(-1)
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** Resident memory of a process in MB, where the system can tell. */
function residentMB(pid) {
  if (process.platform !== 'linux') return undefined;
  const kilobytes = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8'))?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
}

/** ms of the same work at every time: what it tells apart is a slower hour of a shared machine, and a slower cloud. */
function yardstick() {
  const times = Array.from({ length: 5 }, () => {
    const begun = performance.now();
    let sum = 0;
    for (let index = 0; index < 100_000_000; index += 1) sum += index % 7;
    return sum > 0 ? performance.now() - begun : NaN;
  });
  return half(times);
}

try {
  record('this machine at the beginning: a fixed loop', yardstick(), 'ms');
  // Makes the bundle, which `npm run lab` of a new clone does once.
  const first = performance.now();
  await ready();
  record('first start (bundle made)', performance.now() - first, 'ms');
  const starts = [];
  for (let index = 0; index < 5; index += 1) starts.push(await ready());
  record('cloud ready, median of 5', half(starts), 'ms', { most: 500 });

  const run = (...args) => {
    const begun = performance.now();
    const { status, stdout, stderr } = spawnSync(process.execPath, launch(...args), {
      cwd: root,
      env,
      encoding: 'utf8',
    });
    return { ms: performance.now() - begun, status, output: `${stdout}${stderr}` };
  };
  const opened = run('lab', '1');
  if (opened.status !== 0) throw new Error(opened.output);
  const { pid } = JSON.parse(readFileSync(join(folder, 'home', 'running.json'), 'utf8'));
  const idle = residentMB(pid);
  if (idle !== undefined) record('idle cloud and page', idle, 'MB', { most: 120 });

  cpSync(join(root, 'solutions', '01-first-handler'), join(folder, 'work', '01-first-handler'), {
    recursive: true,
  });
  const deployed = run('deploy', '1');
  if (deployed.status !== 0) throw new Error(deployed.output);
  run('grade', '1');
  const grades = [];
  for (let index = 0; index < 5; index += 1) {
    const graded = run('grade', '1');
    if (graded.status !== 0) throw new Error(graded.output);
    grades.push(graded.ms);
  }
  record('npm run grade 1 on a warm cloud, median of 5', half(grades), 'ms', { most: 1500 });
  const deploys = [];
  for (let index = 0; index < 3; index += 1) {
    if (index === 0) run('new', 'app', 'hello-api');
    else run('clean', 'hello-api', '--yes');
    const application = run('deploy', 'hello-api');
    if (application.status !== 0) throw new Error(application.output);
    deploys.push(application.ms);
  }
  record('deploy of templates/hello-api, median of 3', half(deploys), 'ms', { most: 3000 });
  const ours = await measureFunctions({ endpoint: origin, accessKeyId: '000000000000' });
  const theirs = peer === undefined ? {} : await measureFunctions({ endpoint: peer, accessKeyId: 'test' });
  for (const { key, name, unit, ...aim } of figures)
    record(name, ours[key], unit, { ...aim, beside: theirs[key] });
  const rest = await measureRest({ endpoint: origin, accessKeyId: '000000000000' }, () => cpuOf(pid));
  for (const { key, name, unit, ...aim } of restFigures)
    if (!Number.isNaN(rest[key])) record(name, rest[key], unit, aim);
  record('this machine at the end: the same loop', yardstick(), 'ms');
} finally {
  spawnSync(process.execPath, launch('stop'), { cwd: root, env });
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

console.log(
  `\nNode.js ${process.version}, ${String(cpus().length)} cores, ${process.platform} ${process.arch}\n`,
);
let missed = 0;
for (const { name, value, unit, most, least, beside } of rows) {
  const over = (most !== undefined && value > most) || (least !== undefined && value < least);
  if (over) missed += 1;
  const bound = most === undefined ? least && `≥ ${String(least)}` : `≤ ${String(most)}`;
  const aim = bound === undefined ? '' : `${bound} ${unit}  ${over ? 'MISSED' : 'ok'}`;
  const ratio =
    beside === undefined ? '' : `peer ${shown(beside)} ${unit}, ${(beside / value).toFixed(2)} times ours`;
  console.log(
    `${name.padEnd(46)} ${shown(value).padStart(7)} ${unit.padEnd(2)}  ${aim.padEnd(20)}${ratio}`.trimEnd(),
  );
}
process.exitCode = missed === 0 ? 0 : 1;

function shown(value) {
  return value.toFixed(value < 10 ? 2 : 0);
}
