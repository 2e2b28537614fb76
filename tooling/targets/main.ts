import { parseArgs } from 'node:util';
import type { AnyLab } from '../../grader/api.ts';
import { openProber } from '../../grader/probes/open.ts';
import { openTarget } from '../../grader/targets/open.ts';
import { labs } from '../../labs/index.ts';
import { startMiniStack, type Server } from './ministack.ts';
import { count, folderOf, tryLab } from './try-labs.ts';
import { flawsOf } from './verdicts.ts';

const { values: flags } = parseArgs({
  options: {
    endpoint: { type: 'string' },
    labs: { type: 'string' },
    mistakes: { type: 'string' },
    named: { type: 'string' },
    jobs: { type: 'string', default: '3' },
  },
});

const wished: readonly AnyLab[] =
  flags.labs === undefined
    ? labs
    : labs.filter(({ number }) => flags.labs?.split(',').includes(String(number)));
const server: Server =
  flags.endpoint === undefined
    ? await startMiniStack()
    : { name: flags.endpoint, version: '', endpoint: flags.endpoint, stop: () => Promise.resolve() };
const target = await openTarget({ name: 'localstack', env: {}, endpoint: server.endpoint }, 'en');
const prober = openProber(target, new AbortController().signal);
let flaws = 0;
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
    for (const flaw of flawsOf(verdicts)) {
      flaws += 1;
      console.log(`   FLAW ${flaw}`);
    }
    const kinds = Object.values(verdicts.mistakes).map(({ verdict }) => verdict);
    console.log(
      `== ${folderOf(lab)}: ${count(kinds)} in ${String(Math.round((Date.now() - begun) / 1000))} s`,
    );
  }
} finally {
  await prober.close();
  target.close();
  await server.stop();
}
console.log(`\n${String(flaws)} flaws`);
process.exitCode = flaws === 0 ? 0 : 1;
