/* Asks the API as its clients would, and prints what comes back. */
import { setTimeout } from 'node:timers/promises';
import { tokenFor } from './src/token.ts';

/** What clients have to show. What a client lacks is not sent. */
export interface Shown {
  readonly key?: string;
  readonly secret?: string;
}

/** @param address the stage's address */
export async function visit(address: string, { key, secret }: Shown): Promise<void> {
  console.log(`address    ${address}`);
  await show(address, 'GET /public', 'nothing', {});
  await show(address, 'GET /reports', 'nothing', {});
  if (key !== undefined) {
    await show(address, 'GET /reports', 'the key', { 'x-api-key': key });
    await burst(address, key);
  }
  await show(address, 'GET /admin', 'nothing', {});
  if (secret === undefined) return;
  const inFiveMinutes = Math.floor(Date.now() / 1000) + 300;
  const bearer = (sub: string, role: string) => ({
    authorization: `Bearer ${tokenFor({ sub, role, exp: inFiveMinutes }, secret)}`,
  });
  await show(address, 'GET /admin', 'a made-up token', { authorization: 'Bearer a.b.c' });
  await show(address, 'GET /admin', "Ada's token", bearer('ada', 'reader'));
  await show(address, 'POST /admin', "Ada's token", bearer('ada', 'reader'));
  await show(address, 'POST /admin', "Minji's token", bearer('minji', 'editor'));
}

/** Sixteen requests with the key, four at a time: more than the plan lets through at once. */
async function burst(address: string, key: string): Promise<void> {
  const statuses: number[] = [];
  for (let round = 0; round < 4; round += 1) {
    const four = Array.from({ length: 4 }, () =>
      fetch(`${address}/reports`, { headers: { 'x-api-key': key } }),
    );
    for (const answer of await Promise.all(four)) statuses.push(answer.status);
  }
  const times = (status: number) => statuses.filter((each) => each === status).length;
  const told = [...new Set(statuses)].map((status) => `${times(status)} × ${status}`).join(', ');
  console.log(`           GET /reports  16 times with the key: ${told}`);
}

async function show(address: string, route: string, what: string, headers: Record<string, string>) {
  const [method, path = ''] = route.split(' ');
  const answer = await whenKnown(() => fetch(`${address}${path}`, { method, headers }));
  console.log(`           ${route.padEnd(12)}  with ${what}: ${answer.status}  ${await answer.text()}`);
}

/** The name of a new API can take a moment until every name server knows it. */
async function whenKnown(ask: () => Promise<Response>): Promise<Response> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ask();
    } catch (error) {
      if (attempt === 15) throw error;
      await setTimeout(1000);
    }
  }
}
