import { createHash } from 'node:crypto';
import { drawnText } from '../../../trail/drawn-text.ts';

/** After so many invocations of a function in one chain of requests Lambda stops it (Lambda Developer Guide, "recursive loop detection"). */
export const mostInChain = 16;

/** What an invocation inherits from the request that led to it. */
export interface Lineage {
  /** The `X-Amzn-Trace-Id` that the function is given, and that its SDK passes on. */
  readonly header: string;
  /** How often the function has been invoked in this chain, this time included. */
  readonly count: number;
}

/*
 * `Root=1-…;Parent=…;Sampled=0;Lineage=<total>:<function>:<times>|<function>:<times>`: AWS's SDKs pass the header on
 * from a function's environment, which is how Lambda sees a loop through other services.
 */
const member = /(?:^|;)\s*(Root|Parent|Sampled|Lineage)=([^;]+)/gi;

/**
 * The lineage of an invocation.
 * @param inherited the header of the request, where it had one
 * @param functionArn unqualified: versions of a function are one function
 * @param now ms since 1970
 */
export function descend(inherited: string | undefined, functionArn: string, now: number): Lineage {
  const given = new Map<string, string>();
  for (const [, name = '', value = ''] of (inherited ?? '').matchAll(member))
    given.set(name.toLowerCase(), value);
  const own = markOf(functionArn);
  const times = readTimes(given.get('lineage'));
  const count = (times.get(own) ?? 0) + 1;
  times.set(own, count);
  const total = [...times.values()].reduce((sum, each) => sum + each, 0);
  const root = given.get('root') ?? `1-${Math.floor(now / 1000).toString(16)}-${drawnText(12, 'hex')}`;
  const chain = [...times].map(([name, each]) => `${name}:${each}`).join('|');
  const parent = drawnText(8, 'hex');
  const sampled = given.get('sampled') ?? '0';
  return { header: `Root=${root};Parent=${parent};Sampled=${sampled};Lineage=${total}:${chain}`, count };
}

/* A chain through many functions keeps the latest: the header must stay short. */
/* Asked at every invocation, of few functions. */
const marks = new Map<string, string>();

/** What stands for a function in the header. */
function markOf(functionArn: string): string {
  const known = marks.get(functionArn);
  if (known !== undefined) return known;
  const mark = createHash('sha256').update(functionArn).digest('hex').slice(0, 8);
  if (marks.size >= 1000) marks.clear();
  marks.set(functionArn, mark);
  return mark;
}

const mostFunctions = 16;

function readTimes(lineage: string | undefined): Map<string, number> {
  const times = new Map<string, number>();
  if (lineage === undefined) return times;
  for (const part of lineage.slice(lineage.indexOf(':') + 1).split('|')) {
    const [name = '', count = ''] = part.split(':');
    if (/^[0-9a-f]{8}$/.test(name) && /^\d{1,9}$/.test(count)) times.set(name, Number(count));
  }
  while (times.size >= mostFunctions) {
    const [oldest = ''] = times.keys();
    times.delete(oldest);
  }
  return times;
}
