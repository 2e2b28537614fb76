import { InvokeCommand } from '@aws-sdk/client-lambda';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bundleCloud } from '../../../server/fixture/processes.ts';
import type { CloudProcess, CloudProgram } from '../../../server/fixture/processes.ts';
import type { TrailEntry } from '../../../trail/trail.ts';
import { archive } from '../testing/archive.ts';
import { account } from '../testing/small-cloud.ts';
import { studentAt } from '../testing/student.ts';

let program: CloudProgram;
let home: string;
beforeAll(async () => {
  program = await bundleCloud();
  home = mkdtempSync(join(tmpdir(), 'coldstart-events-'));
});
afterAll(async () => {
  await program.remove();
  rmSync(home, { recursive: true, force: true });
});

const code = archive({ 'index.mjs': 'export const handler = async () => { throw new Error("never"); };' });

const asked = async ({ said }: CloudProcess, path: string, body?: object): Promise<unknown> => {
  const answer = await fetch(`${said.origin ?? ''}/_coldstart/${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${said.token ?? ''}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  expect(answer.status).toBe(200);
  return await answer.json();
};
const trailOf = async (cloud: CloudProcess): Promise<readonly TrailEntry[]> =>
  ((await asked(cloud, `trail?account=${account}&region=us-east-1`)) as { entries: TrailEntry[] }).entries;
/* Invocations that have ended since the process was started. */
const ended = async (cloud: CloudProcess): Promise<string[]> =>
  (await trailOf(cloud)).flatMap((entry) =>
    entry.kind === 'lambda.invocation' && entry.facts.outcome !== undefined ? [entry.facts.requestId] : [],
  );
const dropped = async (cloud: CloudProcess): Promise<string[]> =>
  (await trailOf(cloud)).flatMap((entry) =>
    entry.kind === 'decision' && entry.facts.outcome === 'dropped' ? [entry.facts.why] : [],
  );

it('an event that waits for its retry outlives kill -9, twice, and goes on without a call', async () => {
  let cloud = await program.start({ port: 0, home });
  const { lambda, make } = await studentAt(cloud.said.origin ?? '');
  await make('unlucky', code);
  const event = await lambda.send(new InvokeCommand({ FunctionName: 'unlucky', InvocationType: 'Event' }));
  const requestId = event.$metadata.requestId ?? '';
  lambda.destroy();
  expect(event.StatusCode).toBe(202);
  await expect.poll(() => ended(cloud), { timeout: 15_000 }).toEqual([requestId]);
  for (const wait of [60_000, 120_000]) {
    // Moving the clock keeps what has changed: the retry is known before the process ends.
    await asked(cloud, 'clock', { advance: 0 });
    await cloud.kill();
    cloud = await program.start({ port: 0, home });
    await asked(cloud, 'clock', { advance: wait });
    await expect.poll(() => ended(cloud), { timeout: 15_000 }).toEqual([requestId]);
  }
  await expect
    .poll(() => dropped(cloud))
    .toEqual([expect.stringContaining(`Event ${requestId}: RetriesExhausted after 3 invocations`)]);
  await cloud.kill();
});
