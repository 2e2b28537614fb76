import { LogStream } from '../../stream.ts';
import { planQuery } from '../run/plan.ts';
import { Row } from '../run/row.ts';
import { parseQuery } from '../syntax/parse.ts';

/** 2026-11-23 10:20:30.000 */
export const NOW = Date.UTC(2026, 10, 23, 10, 20, 30);

const stream = new LogStream(
  { group: '/aws/lambda/shop', name: 'stream-1', created: 0, id: '00' },
  { append: () => undefined, items: () => [], first: 0, dropFirst: () => undefined, delete: () => undefined },
);

export interface Told {
  /** ms since 1970; each message a second after the one before where none is given. */
  readonly t?: number;
  readonly m: string;
}

/** What a query answers over some messages, latest first as in a log group; rows as objects, without `@ptr`. */
export function ask(query: string, messages: readonly (string | Told)[]): Record<string, string>[] {
  const execution = planQuery(parseQuery(query), NOW, undefined)();
  const told = messages.map((message, index) => ({
    t: NOW + index * 1000,
    ...(typeof message === 'string' ? { m: message } : message),
  }));
  told
    .map((event, position) => ({ event: { ...event, i: NOW + 60_000 }, position }))
    .sort((a, b) => b.event.t - a.event.t || b.position - a.position)
    .forEach(({ event, position }) =>
      execution.add(new Row({ event, stream, position, account: '111111111111', region: 'us-east-1' })),
    );
  return execution
    .results()
    .map((fields) =>
      Object.fromEntries(
        fields.filter(({ field }) => field !== '@ptr').map(({ field, value }) => [field, value]),
      ),
    );
}
