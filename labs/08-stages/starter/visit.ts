/* Asks both stages as any client would, and prints what comes back. */
import { setTimeout } from 'node:timers/promises';
import { addressOf, type Stage } from './stages.ts';

const paths = [
  '/release',
  '/v1/quote?item=tea&price=1200&count=3',
  '/v2/quote?item=tea&price=1200&count=3',
  '/notice',
  '/draft',
];

export async function visit(...stages: readonly Stage[]): Promise<void> {
  for (const stage of stages) {
    const address = await addressOf(stage);
    console.log(`address    ${address}`);
    for (const path of paths) {
      const answer = await whenKnown(() => fetch(`${address}${path}`));
      console.log(`           ${path.padEnd(40)} ${answer.status}  ${await answer.text()}`);
    }
  }
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
