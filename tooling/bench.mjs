// The figures of design.md that exist so far, measured on this machine in one run. Exit status 1 if one is missed.
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { root } from './bundle/bundle.mjs';

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

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
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const record = (name, value, unit, most) => rows.push({ name, value, unit, most });

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

/** Resident memory of a process in MB, where the system can tell. */
function residentMB(pid) {
  if (process.platform !== 'linux') return undefined;
  const kilobytes = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8'))?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
}

async function functions() {
  const { LambdaClient, CreateFunctionCommand, InvokeCommand, waitUntilFunctionActiveV2 } =
    await import('@aws-sdk/client-lambda');
  const { IAMClient, CreateRoleCommand, AttachRolePolicyCommand } = await import('@aws-sdk/client-iam');
  const { zipSync, strToU8 } = await import('fflate');
  const config = {
    endpoint: origin,
    region: 'us-east-1',
    credentials: { accessKeyId: '000000000000', secretAccessKey: 'coldstart' },
  };
  const iam = new IAMClient(config);
  const lambda = new LambdaClient(config);
  const trust = {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
    ],
  };
  const { Role } = await iam.send(
    new CreateRoleCommand({ RoleName: 'bench', AssumeRolePolicyDocument: JSON.stringify(trust) }),
  );
  await iam.send(
    new AttachRolePolicyCommand({
      RoleName: 'bench',
      PolicyArn: 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole',
    }),
  );
  const zip = zipSync({ 'index.mjs': strToU8('export const handler = async (event) => ({ seen: event });') });
  const names = Array.from({ length: 15 }, (_, index) => `bench-${String(index)}`);
  const call = async (name) => {
    const begun = performance.now();
    await lambda.send(new InvokeCommand({ FunctionName: name, Payload: Buffer.from('{"n":1}') }));
    return performance.now() - begun;
  };
  for (const name of names) {
    await lambda.send(
      new CreateFunctionCommand({
        FunctionName: name,
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Role: Role.Arn,
        Code: { ZipFile: zip },
        MemorySize: 256,
      }),
    );
    await waitUntilFunctionActiveV2(
      { client: lambda, maxWaitTime: 30, minDelay: 0.02, maxDelay: 0.1 },
      { FunctionName: name },
    );
  }
  // The first cold call also pays for loading the services: a student meets it once.
  record('first invoke of a new cloud', await call(names[0]), 'ms');
  const cold = [];
  for (const name of names.slice(1)) cold.push(await call(name));
  record('cold invoke, median of 14', median(cold), 'ms', 150);
  const warm = [];
  for (let index = 0; index < 600; index += 1) warm.push(await call(names[0]));
  warm.sort((a, b) => a - b);
  record('warm invoke p50 of 600', warm[300], 'ms', 3);
  record('warm invoke p99 of 600', warm[594], 'ms');
}

try {
  // Makes the bundle, which `npm run lab` of a new clone does once.
  const first = performance.now();
  await ready();
  record('first start (bundle made)', performance.now() - first, 'ms');
  const starts = [];
  for (let index = 0; index < 5; index += 1) starts.push(await ready());
  record('cloud ready, median of 5', median(starts), 'ms', 500);

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
  if (idle !== undefined) record('idle cloud and page', idle, 'MB', 120);

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
  record('npm run grade 1 on a warm cloud, median of 5', median(grades), 'ms', 1500);
  await functions();
} finally {
  spawnSync(process.execPath, launch('stop'), { cwd: root, env });
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

console.log(
  `\nNode.js ${process.version}, ${String(cpus().length)} cores, ${process.platform} ${process.arch}\n`,
);
let missed = 0;
for (const { name, value, unit, most } of rows) {
  const over = most !== undefined && value > most;
  if (over) missed += 1;
  const aim = most === undefined ? '' : `  ≤ ${String(most)} ${unit}  ${over ? 'MISSED' : 'ok'}`;
  console.log(`${name.padEnd(46)} ${value.toFixed(value < 10 ? 2 : 0).padStart(7)} ${unit}${aim}`);
}
process.exitCode = missed === 0 ? 0 : 1;
