/* Asks the API as any client would, and prints what comes back. */
import { setTimeout } from 'node:timers/promises';

/** @param address the stage's address */
export async function visit(address: string): Promise<void> {
  console.log(`address    ${address}`);
  const body = new TextEncoder().encode('as it came');
  await show(address, '/hello?name=Ada');
  await show(address, '/echo?tag=a&tag=b', {
    method: 'POST',
    body,
    headers: { 'content-type': 'text/plain' },
  });
  await show(address, '/health');
  await show(address, '/nowhere');
}

async function show(address: string, path: string, init: RequestInit = {}): Promise<void> {
  const answer = await whenKnown(() => fetch(`${address}${path}`, init));
  const tags = answer.headers.get('x-tag');
  const line = [`${init.method ?? 'GET'} ${path}`.padEnd(24), answer.status, await answer.text()];
  console.log(`           ${line.join('  ')}${tags === null ? '' : `  X-Tag: ${tags}`}`);
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
