import { describe, expect, it } from 'vitest';
import type { Invoked } from '../../../grader/api.ts';
import { bootChecks } from './boot.ts';
import { callerChecks } from './callers.ts';
import { countChecks } from './counts.ts';
import { initChecks } from './init.ts';
import type { Observation, Traffic } from './traffic.ts';
import { verdict } from './testing/fake-context.ts';

type Call = Readonly<{
  visitor?: string;
  boot?: string;
  init?: number;
  took?: number;
  turn?: number;
  generation?: 0 | 1;
  answer?: object;
  /** Attempts whose answer nobody got. */
  lost?: number;
}>;

/** Calls as the copy answers them; those of one boot id are numbered as they come. */
function traffic(calls: readonly Call[], stored: Traffic['stored'] = new Map()): { calls: Traffic } {
  const numbers = new Map<string, number>();
  const visits = new Map<string, number>();
  const observations = calls.map((call, index): Observation => {
    const { visitor = 'visitor-regular1', boot = 'a', init, took = 5, generation = 0 } = call;
    numbers.set(boot, (numbers.get(boot) ?? 0) + 1);
    visits.set(visitor, (visits.get(visitor) ?? 0) + 1);
    const answer = {
      visitor,
      visits: visits.get(visitor),
      bootId: boot,
      invocation: numbers.get(boot),
      cold: init !== undefined,
      ...call.answer,
    };
    const invoked: Invoked = {
      status: 200,
      functionError: undefined,
      payload: answer,
      rawPayload: JSON.stringify(answer),
      requestId: `r${index}`,
      executedVersion: '$LATEST',
      logTail: '',
      lost: call.lost ?? 0,
    };
    const report = {
      requestId: `r${index}`,
      durationMs: took,
      billedMs: took + (init ?? 0),
      initMs: init,
      memoryMB: 1769,
      line: 'REPORT',
    };
    return {
      visit: { visitor, postcode: '00000' },
      invoked,
      answer,
      report,
      turn: call.turn ?? index,
      generation,
    };
  });
  return { calls: { observations, stored, regular: 'visitor-regular1', crowd: 'visitor-crowd123' } };
}
const right: readonly Call[] = [
  { init: 400, took: 30 },
  {},
  { boot: 'b', init: 420, took: 40, generation: 1, turn: 5 },
  { boot: 'c', init: 430, took: 40, generation: 1, turn: 5 },
  { boot: 'b', generation: 1, turn: 6 },
];

describe('init', () => {
  const says = (calls: readonly Call[]) => verdict(initChecks.init, { earlier: traffic(calls) });

  it('passes where the work is done before the first event', async () => {
    expect(await says(right)).toBeUndefined();
  });
  it('passes on a machine five times as slow, and where single calls were held up', async () => {
    const slow = right.map((call) => ({
      ...call,
      init: call.init && call.init * 5,
      took: (call.took ?? 5) * 5,
    }));
    expect(await says(slow)).toBeUndefined();
    const held = [...right, { took: 900 }, { boot: 'd', init: 400, took: 390 }];
    expect(await says(held)).toBeUndefined();
  });
  it('passes where nothing heavy is left at all', async () => {
    const light = right.map((call) => ({ ...call, init: call.init && 80, took: call.init ? 25 : 4 }));
    expect(await says(light)).toBeUndefined();
  });
  it('finds work in the handler, and work that waits for the first event', async () => {
    const handler = right.map((call) => ({ ...call, init: call.init && 90, took: 350 }));
    expect(await says(handler)).toContain(
      'The quickest warm call worked for 350 ms, and an init takes 90.0 ms',
    );
    const lazy = right.map((call) => ({ ...call, init: call.init && 90, took: call.init ? 380 : 5 }));
    expect(await says(lazy)).toContain('worked for 380 ms in the handler, after an init of 90.0 ms');
  });
  it('does not judge what it has not seen', async () => {
    expect(await says(right.filter(({ init }) => init === undefined))).toContain('cannot be compared');
  });
});

describe('boot', () => {
  const says = (calls: readonly Call[]) => verdict(bootChecks.boot, { earlier: traffic(calls) });

  it('passes where environments are told apart', async () => {
    expect(await says(right)).toBeUndefined();
  });
  it('passes where the first call of an environment was made again, and not where nobody knows why', async () => {
    const first = (lost: number) => [...right, { boot: 'z', turn: 7, lost }, { boot: 'z', turn: 8 }];
    expect(await says(first(1))).toBeUndefined();
    expect(await says(first(0))).toContain('A warm call answered the boot id "z"');
    expect(await says([...first(1), { boot: 'y', turn: 9 }])).toContain('answered the boot id "y"');
  });
  it.each<[string, (call: Call, index: number) => Call, string]>([
    ['no id', (call) => ({ ...call, answer: { bootId: undefined } }), 'has no `bootId`'],
    ['an empty id', (call) => ({ ...call, answer: { bootId: ' ' } }), 'is not a text'],
    ['one id for ever', (call) => ({ ...call, boot: 'x' }), 'its boot id is still "x"'],
    [
      'one id a version',
      (call) => ({ ...call, boot: String(call.generation ?? 0) }),
      'Calls at the same moment ran in environments of their own',
    ],
    [
      'an id a call',
      (call, index) => ({ ...call, boot: String(index) }),
      'A warm call answered the boot id "1"',
    ],
  ])('finds %s', async (_, change, why) => {
    expect(await says(right.map(change))).toContain(why);
  });
});

describe('cold', () => {
  const says = (calls: readonly Call[]) => verdict(bootChecks.cold, { earlier: traffic(calls) });

  it('passes where it agrees with the reports', async () => {
    expect(await says(right)).toBeUndefined();
  });
  it('does not mind in which order calls at once were served', async () => {
    const [first = {}, second = {}, ...rest] = right.map((call) => ({ ...call, turn: 1 }));
    const [one, two] = [
      { ...first, answer: { invocation: 2, cold: false }, init: undefined },
      { ...second, answer: { invocation: 1, cold: true }, init: 400 },
    ];
    expect(await says([one, two, ...rest])).toBeUndefined();
    const twice = { ...second, answer: { invocation: 2, cold: true }, init: 400 };
    expect(await says([one, twice, ...rest])).toContain('Call 1 of an environment answered `invocation: 2`');
  });
  it('lets a call that was made again take two numbers, and no other call', async () => {
    const skips = (lost: number) => [
      right[0] ?? {},
      { lost, answer: { invocation: 3 } },
      { answer: { invocation: 4 } },
    ];
    expect(await says(skips(1))).toBeUndefined();
    expect(await says(skips(0))).toContain('Call 2 of an environment answered `invocation: 3`');
    expect(await says([...skips(1), { answer: { invocation: 6 } }])).toContain(
      'Call 5 of an environment answered `invocation: 6`',
    );
  });
  it.each<[string, object, string]>([
    ['no number', { invocation: '1' }, 'no `invocation` as a number'],
    ['never cold', { cold: false }, 'says that it was not cold'],
    ['always cold', { cold: true }, 'says that it was cold'],
    ['one for ever', { invocation: 1 }, 'Call 2 of an environment answered `invocation: 1`'],
  ])('finds %s', async (_, answer, why) => {
    expect(await says(right.map((call) => ({ ...call, answer })))).toContain(why);
  });
});

describe('counts', () => {
  const item = (visits: number): Traffic['stored'] => {
    const counted = { is: 'counted', visits, item: '{}' } as const;
    return new Map([
      ['visitor-regular1', counted],
      ['visitor-crowd123', counted],
    ]);
  };
  const says = (calls: readonly Call[], stored: Traffic['stored']) =>
    verdict(countChecks.counts, { earlier: traffic(calls, stored) });

  it('passes where answers and item agree', async () => {
    expect(await says(right, item(5))).toBeUndefined();
  });
  it('tells where the number was kept instead', async () => {
    const forgetful = right.map((call, index) => (index === 2 ? { ...call, answer: { visits: 1 } } : call));
    expect(await says(forgetful, item(5))).toContain('its new environment answered 1');
    const double = right.map((call) => ({ ...call, answer: { visits: 2 } }));
    expect(await says(double, item(5))).toContain('Visit 1 of a visitor was answered with 2');
    expect(await says(right, item(4))).toContain('came 5 times, and the table says 4');
    expect(await says(right, new Map())).toContain('has no item for that visitor');
    const missing = new Map([['visitor-regular1', { is: 'no table', reason: 'x' } as const]]);
    expect(await says(right, missing)).toContain('it is missing, or has another key');
  });

  it('lets a call that was made again count twice, and no other call', async () => {
    const again = (lost: number) =>
      [1, 2, 4, 5].map((visits, index) => ({ answer: { visits }, lost: index === 2 ? lost : 0 }));
    expect(await says(again(1), item(5))).toBeUndefined();
    expect(await says(again(1), item(6))).toContain('came 4 times, and the table says 6');
    expect(await says(again(0), item(5))).toContain('Visit 3 of a visitor was answered with 4');
    const stuck = [1, 2, 2].map((visits, index) => ({ answer: { visits }, lost: index === 1 ? 1 : 0 }));
    expect(await says(stuck, item(3))).toContain('Visit 3 of a visitor was answered with 2');
  });

  it('finds visits that were lost or answered twice', async () => {
    const crowd = [1, 2, 3].map((visits) => ({ visitor: 'visitor-crowd123', answer: { visits } }));
    const atOnce = (calls: readonly Call[], total: number) =>
      verdict(countChecks.atOnce, { earlier: traffic(calls, item(total)) });
    expect(await atOnce(crowd, 3)).toBeUndefined();
    expect(await atOnce(crowd, 2)).toContain('and the table says 2');
    expect(await atOnce(crowd, 4)).toContain('and the table says 4');
    expect(
      await atOnce(
        crowd.map((call, index) => ({ ...call, lost: index === 1 ? 1 : 0 })),
        4,
      ),
    ).toBeUndefined();
    const twice = [...crowd.slice(0, 2), { visitor: 'visitor-crowd123', answer: { visits: 2 } }];
    expect(await atOnce(twice, 3)).toContain('`2` was answered to more than one call');
  });
});

it('what another caller sent is found wherever it stands in an answer', async () => {
  const says = (answer: object) =>
    verdict(callerChecks.callers, { earlier: traffic([{}, { visitor: 'visitor-somebody1', answer }]) });
  expect(await says({})).toBeUndefined();
  expect(await says({ seen: ['visitor-regular1'] })).toContain('"visitor-regular1"');
  expect(await says({ last: 'note-abcdefgh1' })).toContain('"note-abcdefgh1"');
});
