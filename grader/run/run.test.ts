import { describe, expect, it } from 'vitest';
import { setTimeout as sleep } from 'node:timers/promises';
import type { GradeEvent } from '../grade.ts';
import { GraderProblem } from '../problem.ts';
import { exitStatus } from '../result/result.ts';
import type { FakeContext } from '../testing/fake-lab.ts';
import { fakeTarget } from '../testing/fake-target.ts';
import { failing, only, statuses, useSubmission, type Bodies } from '../testing/grade-fake.ts';

const { gradeFake } = useSubmission();

describe('needs', () => {
  it('skips what rests on a failure and names where the chain began', async () => {
    const { checks, totals } = await gradeFake([
      { id: 'last', needs: ['middle'] },
      { id: 'middle', needs: ['fine', 'first'] },
      { id: 'fine' },
      { id: 'first', run: failing },
    ]);
    expect(statuses(checks)).toEqual(['last skipped', 'middle skipped', 'fine passed', 'first failed']);
    expect(checks[0]).toMatchObject({ cause: { id: 'first', title: 'Check first', status: 'failed' } });
    expect(totals.undecided).toBe(0);
    expect(exitStatus({ totals })).toBe(1);
  });

  it('takes no points for what an error kept from running', async () => {
    const { checks, totals } = await gradeFake([
      { id: 'broken', run: () => Promise.reject(new Error('no')) },
      { id: 'after', needs: ['broken'] },
    ]);
    expect(statuses(checks)).toEqual(['broken error', 'after skipped']);
    expect(totals).toMatchObject({ undecided: 20, points: 0 });
  });

  it('hands over what another check has returned', async () => {
    const { checks } = await gradeFake([
      { id: 'first', run: () => Promise.resolve({ arn: 'a' }) },
      { id: 'second', needs: ['first'], run: () => Promise.resolve(2) },
      {
        id: 'third',
        needs: ['second'],
        run: (context) => {
          context.expect(context.from('first'), { why: 'W', next: 'N' }).toEqual({ arn: 'a' });
          return Promise.resolve();
        },
      },
      { id: 'rude', run: (context) => Promise.resolve(context.from('first')) },
    ]);
    expect(statuses(checks)).toEqual(['first passed', 'second passed', 'third passed', 'rude error']);
    expect(only(checks, 'error').why).toContain('check rude reads first but does not need it');
  });

  it.each([
    [
      [
        { id: 'a', needs: ['b'] },
        { id: 'b', needs: ['c'] },
        { id: 'c', needs: ['a'] },
      ],
      'a → b → c → a',
    ],
    [[{ id: 'a', needs: ['a'] }], 'a → a'],
    [[{ id: 'a', needs: ['z'] }], 'a needs z, which is not there'],
    [[{ id: 'a' }, { id: 'a' }], 'two checks are named a'],
    [[{ id: 'A b' }], 'kebab case'],
    [[{ id: 'a', points: 1.5 }], '1.5 points'],
  ])('refuses a broken lab: %j', async (bodies, said) => {
    const refusal = gradeFake(bodies as Bodies);
    await expect(refusal).rejects.toThrow(GraderProblem);
    await expect(refusal).rejects.toThrow(said);
  });

  it('runs only what is wanted, with what it needs', async () => {
    const result = await gradeFake([{ id: 'a' }, { id: 'b', needs: ['a'] }, { id: 'c' }], { only: ['b'] });
    expect(statuses(result.checks)).toEqual(['a passed', 'b passed']);
    expect(result.partial).toBe(true);
    await expect(gradeFake([{ id: 'a' }], { only: ['z'] })).rejects.toThrow(
      'There is no check z. There are: a.',
    );
  });
});

describe('time', () => {
  it('ends a check that hangs as an error, with what it waited for', async () => {
    const { checks } = await gradeFake(
      [
        {
          id: 'hangs',
          run: (context) => context.until('logs', () => new Promise<undefined>(() => undefined)),
        },
        { id: 'silent', run: () => new Promise(() => undefined) },
        { id: 'fine' },
      ],
      {},
      fakeTarget({ budgetSeconds: 0.2 }),
    );
    expect(statuses(checks)).toEqual(['hangs error', 'silent error', 'fine passed']);
    expect(checks[0]).toMatchObject({
      why: expect.stringContaining('It was waiting for log lines to arrive.') as string,
    });
    expect(checks[1]).toMatchObject({
      why: expect.stringContaining('something that the grader has no name for') as string,
    });
  });

  it('gives a check the time that it says it needs', async () => {
    const { checks } = await gradeFake(
      [{ id: 'slow', budgetSeconds: 10, run: () => sleep(150) }],
      {},
      fakeTarget({ budgetSeconds: 0.05 }),
    );
    expect(statuses(checks)).toEqual(['slow passed']);
  });

  it('polls until there is something, or the deadline of the target', async () => {
    let looks = 0;
    const { checks } = await gradeFake(
      [
        {
          id: 'seen',
          run: async (context) => {
            expect(
              await context.until('logs', () => Promise.resolve((looks += 1) > 2 ? looks : undefined)),
            ).toBe(3);
          },
        },
        {
          id: 'never',
          run: async (context) => {
            const seen: unknown = await context.until<string>('effect', () => Promise.resolve(undefined));
            expect(seen).toBeUndefined();
          },
        },
      ],
      {},
      fakeTarget({ seconds: 0.1 }),
    );
    expect(statuses(checks)).toEqual(['seen passed', 'never passed']);
  });

  it('stops when it is told to, and ends what it has started', async () => {
    const stopping = new AbortController();
    const seen: string[] = [];
    const run = gradeFake(
      [
        {
          id: 'module',
          run: async (context) => {
            const greeter = await context.module('greet.ts');
            await greeter.call('greet', 'a');
            stopping.abort(new Error('enough'));
            await context.until('logs', () => Promise.resolve(undefined));
          },
        },
        { id: 'after', needs: ['module'], run: () => Promise.resolve(seen.push('ran')) },
      ],
      { signal: stopping.signal },
    );
    await expect(run).rejects.toThrow('enough');
    expect(seen).toEqual([]);
  });
});

describe('many at once', () => {
  it('runs independent checks together, no more than the target takes', async () => {
    let now = 0;
    let most = 0;
    const run = async () => {
      most = Math.max(most, (now += 1));
      await sleep(20);
      now -= 1;
    };
    const bodies = Array.from({ length: 9 }, (_, index) => ({ id: `c${String(index)}`, run }));
    await gradeFake(bodies, {}, fakeTarget({ concurrency: 3 }));
    expect(most).toBe(3);
  });

  it('reports in the order of the lab, and tells what is done as it is done', async () => {
    const events: string[] = [];
    let release: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const onEvent = (event: GradeEvent) => {
      events.push(
        'check' in event
          ? `${event.kind} ${event.check.id}`
          : event.kind === 'started'
            ? `started ${event.id}`
            : event.kind,
      );
      if (event.kind === 'settled' && event.check.id === 'b') release();
    };
    await gradeFake([{ id: 'a', run: () => gate }, { id: 'b' }], { onEvent });
    expect(events).toEqual([
      'begun',
      'started a',
      'started b',
      'settled b',
      'settled a',
      'reported a',
      'reported b',
      'ended',
    ]);
  });

  it('draws the same nonces for a seed, whatever runs beside', async () => {
    const draw = async (concurrency: number, seed: number) => {
      const drawn: Record<string, unknown[]> = {};
      const run = (id: string) => async (context: FakeContext) => {
        const values: unknown[] = (drawn[id] = []);
        for (let count = 0; count < 3; count += 1) {
          values.push(context.nonce(), context.nonce('name'), context.integer(-5, 5));
          await sleep(concurrency === 1 ? 0 : 3);
        }
      };
      await gradeFake(
        ['a', 'b', 'c'].map((id) => ({ id, run: run(id) })),
        { seed },
        fakeTarget({ concurrency }),
      );
      return drawn;
    };
    const one = await draw(1, 42);
    expect(await draw(3, 42)).toEqual(one);
    expect(await draw(3, 43)).not.toEqual(one);
    const nonces = Object.values(one)
      .flat()
      .filter((value) => typeof value === 'string');
    expect(new Set(nonces).size).toBe(nonces.length);
    expect(nonces.filter((nonce) => nonce.startsWith('name-'))).toHaveLength(9);
  });
});
