import { parseArgs } from 'node:util';
import type { AnyLab, Capability } from '../../grader/api.ts';
import { capabilities } from '../../grader/capabilities.ts';
import { openProber } from '../../grader/probes/open.ts';
import { openTarget } from '../../grader/targets/open.ts';
import { labs } from '../../labs/index.ts';
import { NotInstalled, startMiniStack, type Server } from './ministack.ts';
import { counted } from './page.ts';
import { readRecord, writeRecord } from './record.ts';
import { folderOf, tryLab } from './try-labs.ts';
import { differences, flawsOf, type LabVerdicts } from './verdicts.ts';

const { values: flags } = parseArgs({
  options: {
    /** Any other server, which runs already. */
    endpoint: { type: 'string' },
    /** `1,3` */
    labs: { type: 'string' },
    /** How many wrong submissions of each lab; all of them where nothing is said. */
    mistakes: { type: 'string' },
    /** Only wrong submissions that have one of these in their name, by commas; what is known of the others stays. */
    named: { type: 'string' },
    jobs: { type: 'string', default: '3' },
    /** Says so, and fails nothing, where there is no Python, or PyPI is not reached. */
    'where-possible': { type: 'boolean', default: false },
  },
});

async function serverFor(endpoint: string | undefined): Promise<Server> {
  if (endpoint !== undefined)
    return { name: new URL(endpoint).host, version: '', endpoint, stop: () => Promise.resolve() };
  try {
    return await startMiniStack();
  } catch (error) {
    if (!flags['where-possible'] || !(error instanceof NotInstalled)) throw error;
    process.stderr.write(
      `NOTICE: no lab was tried on MiniStack, because it could not be installed: ${error.message}\n`,
    );
    process.exit(0);
  }
}

const wished: readonly AnyLab[] =
  flags.labs === undefined
    ? labs
    : labs.filter(({ number }) => flags.labs?.split(',').includes(String(number)));
/** A sample writes nothing down: it is held against what was written. */
const sample = flags.mistakes !== undefined;
const server = await serverFor(flags.endpoint);
const target = await openTarget({ name: 'localstack', env: {}, endpoint: server.endpoint }, 'en');
const prober = openProber(target, new AbortController().signal);
const record = flags.endpoint === undefined ? readRecord() : undefined;
const flaws: string[] = [];
const found: Record<string, LabVerdicts> = {};
const shows: Partial<Record<Capability, boolean>> = {};
try {
  const { account } = await target.whoami();
  console.log(`${server.name} ${server.version} at ${server.endpoint}`);
  for (const lab of wished) {
    const begun = Date.now();
    console.log(`\n== lab ${String(lab.number)}`);
    const verdicts = await tryLab(lab, {
      endpoint: server.endpoint,
      account,
      prober,
      jobs: Number(flags.jobs),
      mistakes: Number(flags.mistakes ?? Infinity),
      named: flags.named,
      tell: (line) => {
        console.log(`   ${line}`);
      },
    });
    found[folderOf(lab)] = verdicts;
    const recorded = record?.version === server.version ? record.labs[folderOf(lab)] : undefined;
    // What is written anew is not held against what was written before.
    const changed = !sample || recorded === undefined ? [] : differences(recorded, verdicts);
    const wrong = [...flawsOf(verdicts), ...changed];
    flaws.push(...wrong);
    for (const flaw of wrong) console.log(`   FLAW ${flaw}`);
    const seconds = Math.round((Date.now() - begun) / 1000);
    console.log(`== lab ${String(lab.number)} in ${String(seconds)} s`);
    // Lab by lab: a run takes long, and what it has found so far is true.
    if (flags.endpoint === undefined && !sample) {
      await Promise.all(capabilities.map(async (one) => (shows[one] = await prober.can(one))));
      writeRecord(
        { server: server.name, version: server.version, shows, labs: found },
        flags.named !== undefined,
      );
    }
  }
} finally {
  await prober.close();
  target.close();
  await server.stop();
}

console.log(`\n${server.name} ${server.version}`);
for (const [folder, { solution, mistakes }] of Object.entries(found)) {
  const checks = counted(Object.values(solution).map(({ status }) => status));
  const caught = counted(Object.values(mistakes).map(({ verdict }) => verdict));
  console.log(
    `${folder} · solution: ${checks || 'not deployed'} · wrong submissions: ${caught || 'none tried'}`,
  );
}
console.log(`${String(wished.length)} labs, ${String(flaws.length)} flaws`);
process.exitCode = flaws.length === 0 ? 0 : 1;
