import { describe, expect, it } from 'vitest';
import type { Scope } from '../service/call.ts';
import { createTrail } from './ring-trail.ts';
import type { TrailEntry, TrailId } from './trail.ts';

const scope: Scope = { account: '111122223333', region: 'us-east-1' };
const line = (message: string) => ({ group: 'g', stream: 's', message });
const messages = (entries: readonly TrailEntry[]): string[] =>
  entries.map(({ facts }) => ('message' in facts ? facts.message : ''));

describe('the trail', () => {
  it('keeps the newest entries of a scope, oldest first, with their causes', () => {
    const trail = createTrail({ now: () => 7, entriesAScope: 3 });
    let cause: TrailId | undefined;
    for (const name of ['a', 'b', 'c', 'd', 'e']) cause = trail.record(scope, 'log.line', line(name), cause);
    const entries = trail.read(scope);
    expect(messages(entries)).toEqual(['c', 'd', 'e']);
    expect(entries[2]).toMatchObject({ id: cause, kind: 'log.line', cause: entries[1]?.id, at: 7, scope });
  });

  it('reads on after an entry, and everything after one that is gone', () => {
    const trail = createTrail({ now: () => 0, entriesAScope: 3 });
    const first = trail.record(scope, 'log.line', line('a'));
    const second = trail.record(scope, 'log.line', line('b'));
    expect(messages(trail.read(scope, first))).toEqual(['b']);
    expect(trail.read(scope, second)).toEqual([]);
    for (const name of ['c', 'd']) trail.record(scope, 'log.line', line(name));
    expect(messages(trail.read(scope, first))).toEqual(['b', 'c', 'd']);
  });

  it('shows no scope what happened in another', () => {
    const trail = createTrail({ now: () => 0 });
    trail.record(scope, 'log.line', line('mine'));
    expect(trail.read({ ...scope, region: 'eu-west-1' })).toEqual([]);
    expect(trail.read({ ...scope, account: '444455556666' })).toEqual([]);
  });

  it('adds facts that become known later, and forgets those of entries that are gone', () => {
    const trail = createTrail({ now: () => 0, entriesAScope: 1 });
    const call = { service: 's', operation: 'o', requestId: 'r', principal: 'p' };
    const id = trail.record(scope, 'api.call', call);
    trail.complete(id, { status: 200 });
    expect(trail.read(scope)[0]?.facts).toEqual({ ...call, status: 200 });
    trail.record(scope, 'log.line', line('pushes it out'));
    trail.complete(id, { status: 500 });
    expect(messages(trail.read(scope))).toEqual(['pushes it out']);
  });

  it('tells listeners of entries and of their completion until they stop, whatever one of them throws', () => {
    const trail = createTrail({ now: () => 0 });
    const heard: TrailEntry[] = [];
    trail.subscribe(() => {
      throw new Error('a broken listener');
    });
    const stop = trail.subscribe((entry) => heard.push(entry));
    const id = trail.record(scope, 'lambda.environment', {
      functionArn: 'f',
      environment: 'e',
      phase: 'init',
    });
    trail.complete(id, { ms: 5 });
    stop();
    trail.record(scope, 'log.line', line('later'));
    expect(heard.map((entry) => [entry.id, 'ms' in entry.facts])).toEqual([
      [id, false],
      [id, true],
    ]);
  });

  it('forgets the scope that was quiet longest when there are too many', () => {
    const trail = createTrail({ now: () => 0, scopes: 2 });
    const of = (account: string): Scope => ({ account, region: 'us-east-1' });
    const quiet = trail.record(of('1'), 'log.line', line('quiet'));
    for (const account of ['2', '3']) trail.record(of(account), 'log.line', line(account));
    expect(trail.read(of('1'))).toEqual([]);
    expect(messages([...trail.read(of('2')), ...trail.read(of('3'))])).toEqual(['2', '3']);
    trail.complete(quiet, { message: 'nobody is there' });
    expect(trail.read(of('1'))).toEqual([]);
  });
});
