import { answered, call, currentWord, nameIn, someName } from './answer.ts';
import { callEvidence, failureOf } from '../../function-call/call.ts';
import { members } from '../../wording/members.ts';
import { shown } from '../../wording/wording.ts';
import type { LabCheck } from './context.ts';

const stateless: LabCheck = {
  id: 'stateless',
  title: (text) => text.stateless.title,
  points: 5,
  needs: ['ready', 'greeting'],
  verifiedOn: ['embedded'],
  hints: (text) => text.stateless.hints,
  async run(context) {
    const { text } = context;
    // Two calls in a row mostly meet in one environment; three tries make a miss on a busy account unlikely.
    for (let count = 0; count < 3; count += 1) {
      const event = { name: someName(context) };
      answered(context, event, await call(context, event));
      const invoked = await call(context, {});
      // Not only this name: other checks call the function at the same time.
      const kept = nameIn(invoked.rawPayload);
      if (kept === undefined) continue;
      context.fail({
        ...text.stateless.kept(shown(kept)),
        expected: `${currentWord(context)}, world!`,
        actual: invoked.rawPayload,
        evidence: callEvidence(context, {}, invoked),
      });
    }
  },
};

const defaultName: LabCheck = {
  id: 'default-name',
  title: (text) => text.defaultName.title,
  points: 5,
  needs: ['ready', 'stateless'],
  verifiedOn: ['embedded'],
  hints: (text) => text.defaultName.hints,
  async run(context) {
    const { text } = context;
    const expected = `${currentWord(context)}, world!`;
    for (const event of [{}, { name: '' }, { name: ' '.repeat(context.integer(1, 5)) }]) {
      const invoked = await call(context, event);
      const evidence = callEvidence(context, event, invoked);
      const failure = failureOf(invoked);
      if (failure !== undefined) {
        context.fail({ ...text.defaultName.threw(code(event), failure.type), expected, evidence });
      }
      const { message } = members(invoked.payload);
      context.expect(message, { ...text.defaultName.different(code(event)), evidence }).toBe(expected);
    }
  },
};

/** JSON in the middle of a sentence. */
const code = (event: unknown) => `\`${shown(event)}\``;

const invalidName: LabCheck = {
  id: 'invalid-name',
  title: (text) => text.invalidName.title,
  points: 10,
  needs: ['ready', 'stateless'],
  verifiedOn: ['embedded'],
  failsWithout: ['functionErrors', 'errorTypes'],
  hints: (text) => text.invalidName.hints,
  async run(context) {
    const { text } = context;
    const expected = 'FunctionError: Unhandled, errorType: InvalidNameError';
    const notText = [
      context.integer(1, 9999),
      { first: context.nonce('first') },
      [context.nonce('list')],
      null,
    ];
    for (const name of [...notText, true]) {
      const event = { name };
      const invoked = await call(context, event);
      const evidence = callEvidence(context, event, invoked);
      const failure = failureOf(invoked);
      const shownEvent = code(event);
      if (failure === undefined) {
        const status = 'statusCode' in members(invoked.payload);
        const sentence = status ? text.invalidName.status(shownEvent) : text.invalidName.normal(shownEvent);
        return context.fail({ ...sentence, expected, actual: invoked.rawPayload, evidence });
      }
      const finding = { expected, actual: `errorType: ${failure.type}`, evidence };
      if (failure.type === 'TypeError')
        context.fail({ ...text.invalidName.typeError(shownEvent), ...finding });
      if (failure.type === 'Error') context.fail({ ...text.invalidName.unnamed(shownEvent), ...finding });
      if (failure.type !== 'InvalidNameError') {
        context.fail({ ...text.invalidName.other(shownEvent, failure.type), ...finding });
      }
      if (failure.trace.some((line) => line.startsWith('TypeError'))) {
        context.fail({
          ...text.invalidName.hidden(shownEvent),
          ...finding,
          actual: failure.trace.join('\n'),
        });
      }
    }
    return undefined;
  },
  async configuration(context) {
    const module = await context.module('src/greeting.ts');
    const expected = 'InvalidNameError';
    const outcome = await module.call('greet', context.nonce('word'), 42).then(shown, nameOf);
    context.expect(outcome, context.text.invalidName.local(outcome)).toBe(expected);
    if (!(await context.can('functionErrors'))) return;
    const event = { name: context.integer(1, 9999) };
    const invoked = await call(context, event);
    if (failureOf(invoked) !== undefined) return;
    const status = 'statusCode' in members(invoked.payload);
    const { status: answered, normal } = context.text.invalidName;
    context.fail({
      ...(status ? answered : normal)(code(event)),
      expected: 'FunctionError: Unhandled',
      actual: invoked.rawPayload,
      evidence: callEvidence(context, event, invoked),
    });
  },
};

const nameOf = (error: unknown) => (error instanceof Error ? error.name : shown(error));

export const nameChecks = { stateless, defaultName, invalidName };
