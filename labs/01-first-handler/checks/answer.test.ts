import { describe, expect, it } from 'vitest';
import type { Invoked } from '../../../grader/api.ts';
import { fakeContext, Said, thrown, type Fake } from './testing/fake-context.ts';
import { answerChecks } from './answer.ts';
import { nameChecks } from './names.ts';
import type { LabCheck } from './context.ts';

const ready = { Timeout: 5, Environment: { Variables: { GREETING: 'Hi' } } };
const good = { message: 'Hi, x!', requestId: 'r', remainingMs: 4000 };
type Invoke = NonNullable<Fake['invoke']>;
const nameOf = (event: unknown) => (event as { name?: string }).name;

/** What a check says to a function; undefined if it passes. */
async function verdict(check: LabCheck, invoke: Invoke): Promise<string | undefined> {
  const earlier = { ready, result: 'request-0', greeting: ['request-0'] };
  try {
    await check.run(fakeContext({ earlier, invoke }));
    return undefined;
  } catch (error) {
    if (error instanceof Said) return error.finding.why;
    throw error;
  }
}
const answer = (payload: unknown): Partial<Invoked> => ({ payload });

describe('result', () => {
  it.each<[string, Partial<Invoked>, string | undefined]>([
    ['an object', answer(good), undefined],
    ['an error', thrown('Runtime.ImportModuleError'), 'The function failed with `Runtime.ImportModuleError`'],
    ['JSON in a text', answer(JSON.stringify(good)), 'The answer is a text that holds JSON'],
    ['a text', answer('Hi'), 'The answer is text'],
    ['a list', answer([good]), 'The answer is a list'],
    ['null', answer(null), 'The answer is empty'],
    ['nothing', answer(undefined), 'The answer is empty'],
    [
      'the contract of API Gateway',
      answer({ statusCode: 200, body: '{}' }),
      'That is the contract of API Gateway',
    ],
    ['a message alone', answer({ message: 'Hi' }), 'lacks `requestId` and `remainingMs`'],
    ['a number as text', answer({ ...good, remainingMs: '4000' }), '`remainingMs` is text'],
  ])('says of %s what it is', async (_, answered, why) => {
    const said = await verdict(answerChecks.result, () => answered);
    if (why === undefined) expect(said).toBeUndefined();
    else expect(said).toContain(why);
  });
});

describe('greeting', () => {
  const greets = (message: (name: unknown, count: number) => string) =>
    verdict(answerChecks.greeting, (event, count) =>
      answer({ ...good, message: message(nameOf(event), count) }),
    );

  it('passes where the name stands in it as it came', async () => {
    expect(await greets((name) => `Hi, ${String(name)}!`)).toBeUndefined();
  });
  it('tells a constant, an earlier name and a wrong form apart', async () => {
    expect(await greets(() => 'Hi, Ada!')).toContain('for two different names');
    let first: unknown;
    expect(await greets((name) => `Hi, ${String((first ??= name))}!`)).toContain(
      'who asked in an earlier call',
    );
    expect(await greets((name) => `Hi ${String(name)}!`)).toContain('is not the one that was asked for');
    expect(await greets((name) => `Hi, ${encodeURIComponent(String(name))}!`)).toContain('is not the one');
  });
});

describe('context', () => {
  const tells = (result: (count: number) => object) =>
    verdict(answerChecks.context, (_, count) => answer({ ...good, ...result(count) }));

  it('passes for the id of the call and a time within the timeout', async () => {
    expect(await tells((count) => ({ requestId: `request-${count}` }))).toBeUndefined();
  });
  it.each<[string, (count: number) => object, string]>([
    ['an id that was kept', () => ({ requestId: 'request-1' }), 'Two calls answered the same requestId'],
    ['an id from before', () => ({ requestId: 'request-0' }), 'Two calls answered the same requestId'],
    ['an id made up', (count) => ({ requestId: `mine-${count}` }), 'is not the one that Lambda gave'],
    [
      'seconds left',
      (count) => ({ requestId: `request-${count}`, remainingMs: 5001 }),
      'remainingMs is 5001',
    ],
    ['no time left', (count) => ({ requestId: `request-${count}`, remainingMs: 0 }), 'remainingMs is 0'],
  ])('fails for %s', async (_, result, why) => {
    expect(await tells(result)).toContain(why);
  });
  it('finds an id that was kept though calls that came at once began with new environments', async () => {
    const said = await verdict(answerChecks.context, (_, count) => ({
      payload: { ...good, requestId: `request-${String(Math.min(count, 3))}` },
      logTail: count <= 3 ? 'REPORT RequestId: x\tDuration: 1 ms\tInit Duration: 90 ms\t' : '',
    }));
    expect(said).toContain('Two calls answered the same requestId');
  });
});

/** What a function with a default for the name greets. */
const textOr = (value: unknown, otherwise: string): string => (typeof value === 'string' ? value : otherwise);

describe('names', () => {
  it('finds what was kept, whichever check sent it', async () => {
    const kept: Invoke = (event) =>
      answer({ ...good, message: `Hi, ${textOr(nameOf(event), 'caller-other')}!` });
    expect(await verdict(nameChecks.stateless, kept)).toContain(
      '"caller-other", the name of the call before it',
    );
    const other: Invoke = (event) =>
      answer({ ...good, message: `Hi, ${textOr(nameOf(event), 'stranger')}!` });
    expect(await verdict(nameChecks.stateless, other)).toBeUndefined();
  });

  it('wants one default for every kind of no name', async () => {
    const says =
      (text: (name: unknown) => string): Invoke =>
      (event) =>
        answer({ ...good, message: `Hi, ${text(nameOf(event))}!` });
    expect(
      await verdict(
        nameChecks.defaultName,
        says(() => 'world'),
      ),
    ).toBeUndefined();
    expect(await verdict(nameChecks.defaultName, says(String))).toContain('The event `{}` names nobody');
    expect(await verdict(nameChecks.defaultName, () => thrown('TypeError'))).toContain(
      'failed with `TypeError`',
    );
  });

  it.each<[string, Partial<Invoked>, string | undefined]>([
    ['the named error', thrown('InvalidNameError', ['InvalidNameError: no', '  at greet']), undefined],
    ['a status code', answer({ statusCode: 400 }), 'was answered with `{ statusCode: 400 }`'],
    ['a greeting', answer(good), 'as if nothing were wrong'],
    ['a TypeError', thrown('TypeError'), 'fail with a `TypeError`'],
    ['a plain Error', thrown('Error'), 'throw a plain `Error`'],
    ['another error', thrown('Sandbox.Timedout'), 'fail with `Sandbox.Timedout`'],
    [
      'a TypeError under another name',
      thrown('InvalidNameError', ['TypeError: no']),
      'its stack shows a `TypeError`',
    ],
  ])('says of %s for a bad name what it is', async (_, answered, why) => {
    const said = await verdict(nameChecks.invalidName, () => answered);
    if (why === undefined) expect(said).toBeUndefined();
    else expect(said).toContain(why);
  });
});
