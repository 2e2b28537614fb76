// Cold, warm and concurrent invocations of a small function on any server that speaks Lambda's API.
import { performance } from 'node:perf_hooks';
import { percentile, together } from './clients.mjs';
import { withFunctions } from './deployed.mjs';

const cold = 15;
const warm = 600;

/**
 * Makes functions, calls them, and removes them again.
 * @param {{ endpoint: string, accessKeyId: string }} place
 * @returns {Promise<{ first: number, cold: number, warm50: number, warm99: number, throughput: number }>} ms, and calls a second
 */
export async function measureFunctions(place) {
  const { InvokeCommand } = await import('@aws-sdk/client-lambda');
  const names = Array.from({ length: cold }, (_, index) => `bench-${String(process.pid)}-${String(index)}`);
  const code = 'export const handler = async (event) => ({ seen: event });';
  return await withFunctions(place, names, code, async ({ lambda }) => {
    const call = async (name) => {
      const begun = performance.now();
      const { Payload } = await lambda.send(
        new InvokeCommand({ FunctionName: name, Payload: Buffer.from('{"n":1}') }),
      );
      const taken = performance.now() - begun;
      const answer = Buffer.from(Payload ?? []).toString();
      // The value, not its bytes: a peer may write its JSON with blanks, which Lambda does not.
      if (JSON.parse(answer)?.seen?.n !== 1) throw new Error(`${place.endpoint} answered ${answer}`);
      return taken;
    };
    const [first, ...others] = names;
    const firstTaken = await call(first);
    const colds = [];
    for (const name of others) colds.push(await call(name));
    const warms = [];
    for (let index = 0; index < warm; index += 1) warms.push(await call(first));
    return {
      first: firstTaken,
      cold: percentile(colds, 0.5),
      warm50: percentile(warms, 0.5),
      warm99: percentile(warms, 0.99),
      throughput: (await together(() => call(first))).throughput,
    };
  });
}
