import { drawnText } from '../../../../trail/drawn-text.ts';
import type { Invocation } from '../execution.ts';
import type { Event } from '../process/runtime-api.ts';

/**
 * An invocation as the runtime is handed it.
 * @param limit ms that the function has
 */
export function eventOf(invocation: Invocation, limit: number): Event {
  return {
    requestId: invocation.requestId,
    payload: invocation.payload,
    deadline: Math.ceil(Date.now() + limit),
    invokedArn: invocation.invokedArn,
    traceId: invocation.traceHeader ?? traceHeader(),
    clientContext:
      invocation.clientContext === undefined ? undefined : clientContext(invocation.clientContext),
  };
}

/** An X-Ray header of a request that is not sampled: `Root=1-<time>-<id>;Parent=<id>;Sampled=0`. */
function traceHeader(): string {
  const time = Math.floor(Date.now() / 1000).toString(16);
  const id = drawnText(20, 'hex');
  return `Root=1-${time}-${id.slice(0, 24)};Parent=${id.slice(24)};Sampled=0`;
}

/** From base64 of JSON to JSON that fits in a header. What is no JSON was refused when the call came in. */
function clientContext(base64: string): string | undefined {
  try {
    const json = JSON.stringify(JSON.parse(Buffer.from(base64, 'base64').toString()));
    return json.replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  } catch {
    return undefined;
  }
}
