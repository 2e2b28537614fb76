import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bundleCloud, type CloudProcess, type CloudProgram } from '../server/fixture/processes.ts';
import { clientsOf, counts, dead, depth, makePipeline, send, type SoakClients } from './pipeline.ts';

/* A sample in every run; the proof sends 20,000. */
const messages = Number(process.env.COLDSTART_SOAK ?? 300);
const whole = messages > 1_000;
/* Long enough for a batch on a busy machine: a message that comes back while it is worked on is run twice on AWS too. */
const visibility = whole ? 60 : 12;
/* What may be under way at the moment of the kill: batches of the queue's pollers, and of the stream's shards. */
const batchesInFlight = 4 * 10;
const recordsInFlight = 4 * 2 * 100;
const minutes = whole ? 40 : 4;

let program: CloudProgram;
let home: string;
beforeAll(async () => {
  program = await bundleCloud();
  home = mkdtempSync(join(tmpdir(), 'coldstart-soak-'));
});
afterAll(async () => {
  await program.remove();
  rmSync(home, { recursive: true, force: true });
});

/** Looks until it holds. @throws Error at the end of the test's time */
async function until(what: string, look: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + minutes * 60_000;
  while (!(await look())) {
    if (performance.now() > end) throw new Error(`Not seen within ${String(minutes)} minutes: ${what}`);
    await pause(200);
  }
}

it(
  `accounts for each of ${String(messages)} messages from queue to audit, through a kill -9 in the middle`,
  async () => {
    const numbers = Array.from({ length: messages }, (_, at) => at + 1);
    const hopeless = numbers.filter((n) => n % 100 === 0);
    const good = numbers.filter((n) => n % 100 !== 0);
    let cloud: CloudProcess = await program.start({ port: 0, home });
    let clients: SoakClients = clientsOf(cloud.said.origin ?? '');
    await makePipeline(clients, { visibility });
    await send(clients, numbers);

    await until(
      'half of the messages are done',
      async () => (await depth(clients, 'soak')).waiting < messages / 2,
    );
    await cloud.kill();
    clients.close();
    cloud = await program.start({ port: 0, home });
    clients = clientsOf(cloud.said.origin ?? '');
    expect(cloud.errors()).toBe('');

    await until('the queue is empty', async () => {
      const { waiting, inFlight } = await depth(clients, 'soak');
      return waiting + inFlight === 0;
    });
    const orders = await counts(clients, 'soak');
    const deliveries = sum(orders, 'times');
    await until(
      'the audit knows every change',
      async () => sum(await counts(clients, 'soak-audit'), 'changes') >= deliveries,
    );
    const audit = await counts(clients, 'soak-audit');

    // Nothing is lost …
    expect(missing(good, orders)).toEqual([]);
    expect(missing(good, audit)).toEqual([]);
    expect(orders.size).toBe(good.length);
    expect((await dead(clients)).sort((a, b) => a - b)).toEqual(hopeless);
    // … and what ran twice was under way when the cloud was killed.
    expect(deliveries - good.length).toBeLessThanOrEqual(batchesInFlight);
    expect(sum(audit, 'changes')).toBe(deliveries);
    expect(sum(audit, 'times') - deliveries).toBeLessThanOrEqual(recordsInFlight);
    expect(cloud.errors()).toBe('');
    clients.close();
    await cloud.kill();
  },
  minutes * 60_000 + 60_000,
);

const sum = (rows: Awaited<ReturnType<typeof counts>>, of: 'times' | 'changes') =>
  [...rows.values()].reduce((total, row) => total + row[of], 0);
const missing = (wanted: readonly number[], rows: Awaited<ReturnType<typeof counts>>) =>
  wanted.filter((n) => !rows.has(n));
