import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bundleCloud } from '../../../server/fixture/processes.ts';
import type { CloudProcess, CloudProgram } from '../../../server/fixture/processes.ts';
import { chainAt, idOf, makeChain } from './testing/chain.ts';
import type { Chain } from './testing/chain.ts';

let program: CloudProgram;
let home: string;
let cloud: CloudProcess;
let chain: Chain;
beforeAll(async () => {
  program = await bundleCloud();
  home = mkdtempSync(join(tmpdir(), 'coldstart-sources-'));
});
afterAll(async () => {
  chain.destroy();
  await program.remove();
  rmSync(home, { recursive: true, force: true });
});

const start = async (): Promise<void> => {
  cloud = await program.start({ port: 0, home });
  chain = chainAt(cloud.said.origin ?? '');
};
/* Ends the cloud as nothing can be caught, in the middle of its work, and starts it again. */
const killAndStart = async (): Promise<void> => {
  chain.destroy();
  await cloud.kill();
  await start();
};
const pass = async (ms: number): Promise<void> => {
  await fetch(`${cloud.said.origin ?? ''}/_coldstart/clock`, {
    method: 'POST',
    headers: { authorization: `Bearer ${cloud.said.token ?? ''}`, 'content-type': 'application/json' },
    body: JSON.stringify({ advance: ms }),
  });
};

it('no message is lost through kill -9, queues and streams are read on without a call, and little comes twice', async () => {
  const count = 600;
  await start();
  await makeChain(cloud.said.origin ?? '');
  await chain.send(0, count);
  for (const share of [0.2, 0.5]) {
    await expect
      .poll(async () => (await chain.ids('orders')).length, { timeout: 60_000, interval: 20 })
      .toBeGreaterThan(count * share);
    await killAndStart();
  }
  // What was in flight is seen again when its visibility timeout is over.
  await expect
    .poll(
      async () => {
        await pass(10_000);
        return await chain.left();
      },
      { timeout: 60_000, interval: 200 },
    )
    .toBe(0);
  const all = Array.from({ length: count }, (_, number) => idOf(number));
  expect(await chain.ids('orders')).toEqual(all);
  await expect.poll(async () => chain.ids('seen'), { timeout: 60_000 }).toEqual(all);
  // At each end one batch of the stream was at work: it may come again, and nothing else.
  // They are counted after they were written.
  await expect.poll(() => chain.records(), { timeout: 60_000 }).toBeGreaterThanOrEqual(count);
  expect(await chain.records()).toBeLessThanOrEqual(count + 2 * 100);
  await cloud.kill();
}, 180_000);
