// The long proofs: what is too slow for every `npm test`. `--sample` runs a short sample of each, for CI; a proof's id
// runs it alone: `npm run proof -- account --sample`. Of the account, `--runs 3`, `--labs 1,5`, `--mistakes 2` (or `all`,
// or names) and `--jobs 8` say how often, of what and how many at a time.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from './bundle/bundle.mjs';

const { values: said, positionals: chosen } = parseArgs({
  allowPositionals: true,
  options: {
    sample: { type: 'boolean', default: false },
    runs: { type: 'string' },
    labs: { type: 'string' },
    mistakes: { type: 'string' },
    jobs: { type: 'string' },
  },
});
const { sample } = said;
const labs = said.labs ?? (sample ? '1,5' : undefined);
const runs = Number(said.runs ?? (sample ? 1 : 20));
if (!Number.isInteger(runs) || runs < 1) {
  console.error(`--runs ${said.runs ?? ''}: say a whole number from 1 on`);
  process.exit(2);
}
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');

/** @type {readonly { id: string, name: string, args: readonly string[], env: Record<string, string> }[]} */
const proofs = [
  {
    id: 'kill',
    name: 'state survives kill -9 (50 times; sample 10)',
    args: [vitest, 'run', 'emulator/server', 'emulator/state'],
    env: { COLDSTART_PROOF: '1', COLDSTART_KILLS: sample ? '10' : '50' },
  },
  {
    id: 'protocols',
    name: 'every protocol: random values to a real client and back (40 times as many as a test run; sample 3)',
    args: [vitest, 'run', 'emulator/wire'],
    env: { COLDSTART_RUNS: sample ? '3' : '40' },
  },
  {
    id: 'fuzz',
    name: '10,000 requests that nobody would send to an API, and 10,000 templates (sample 1,000 requests)',
    args: [
      vitest,
      'run',
      'emulator/services/apigateway/execution/fuzz',
      'emulator/services/apigateway/mapping/velocity/fuzz',
    ],
    env: { COLDSTART_FUZZ_RUNS: sample ? '1000' : '10000' },
  },
  {
    id: 'soak',
    name: '20,000 messages from queue to audit, through kill -9 (sample 300)',
    args: [vitest, 'run', 'emulator/soak'],
    env: sample ? {} : { COLDSTART_SOAK: '20000' },
  },
  {
    id: 'labs',
    name: 'every wrong submission of every lab gets its verdict, and every guide can be followed in every way',
    args: [vitest, 'run', '--project', 'labs'],
    env: { COLDSTART_MISTAKES: 'all' },
  },
  {
    id: 'readmes',
    name: 'what the README of every template says can be done',
    args: [vitest, 'run', 'templates/readmes'],
    env: { COLDSTART_MISTAKES: 'all' },
  },
  {
    id: 'account',
    name: 'an account that throttles, fails and lags: every solution and every mistake, 20 times (sample labs 1 and 5, one mistake each, once)',
    // Each waits far more than it works.
    args: [vitest, 'run', 'tooling/account-proof', `--maxConcurrency=${said.jobs ?? '12'}`],
    env: {
      COLDSTART_ACCOUNT: Array.from({ length: runs }, (_, run) => `run-${String(run + 1)}`).join(','),
      COLDSTART_ACCOUNT_MISTAKES: said.mistakes ?? (sample ? '1' : 'all'),
      ...(labs === undefined ? {} : { COLDSTART_ACCOUNT_LABS: labs }),
    },
  },
  {
    id: 'targets',
    name: 'MiniStack, a server that nobody here wrote: every solution and every mistake (sample labs 1 and 5, eight mistakes each)',
    args: [
      join(root, 'tooling', 'targets.mjs'),
      '--where-possible',
      ...(sample ? ['--labs', '1,5', '--mistakes', '8', '--jobs', '2'] : ['--jobs', '8']),
    ],
    env: {},
  },
  ...(sample
    ? []
    : [
        {
          id: 'repeat',
          name: 'all tests, ten times in a row',
          args: [join(root, 'tooling', 'repeat.mjs'), '10'],
          env: {},
        },
      ]),
];

const unknown = chosen.filter((id) => !proofs.some((proof) => proof.id === id));
if (unknown.length > 0) {
  console.error(`no proof ${unknown.join(', ')}: there are ${proofs.map(({ id }) => id).join(', ')}`);
  process.exit(2);
}

let passed = 0;
let failed = 0;
for (const { id, name, args, env } of proofs) {
  if (chosen.length > 0 && !chosen.includes(id)) continue;
  console.log(`\n== ${name}`);
  const begun = Date.now();
  const { status } = spawnSync(process.execPath, [...args], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...env },
  });
  if (status === 0) passed += 1;
  else failed += 1;
  console.log(`== ${status === 0 ? 'ok' : 'FAILED'} in ${String(Math.round((Date.now() - begun) / 1000))} s`);
}
console.log(`\n${String(passed)} passed, ${String(failed)} failed`);
process.exitCode = failed === 0 ? 0 : 1;
