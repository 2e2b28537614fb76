import type { Invoked } from '../../../grader/api.ts';
import { names } from '../names.ts';
import type { Text } from '../text.ts';
import { configurationOf } from './function.ts';
import { callEvidence, failureOf } from '../../function-call/call.ts';
import { members } from '../../wording/members.ts';
import { listed, shown } from '../../wording/wording.ts';
import type { Context, LabCheck } from './context.ts';

/** Names that this lab's checks send begin so: an answer to nobody that holds one shows what was kept. */
const caller = 'caller';
export const someName = (context: Context): string => context.nonce(caller);
export const nameIn = (text: string): string | undefined => new RegExp(`${caller}-[a-z0-9]+`).exec(text)?.[0];

/** Calls the student's function. */
export const call = (context: Context, event: unknown): Promise<Invoked> =>
  context.invoke(context.name(names.function), event);

/** The greeting word in force: what the function's configuration says, or the starter's own default. */
export const currentWord = (context: Context): string =>
  configurationOf(context).Environment?.Variables?.GREETING ?? 'Hello';

/** Ends the check where the function failed on an event that is in order. */
export function answered(context: Context, event: unknown, invoked: Invoked): void {
  const failure = failureOf(invoked);
  if (failure === undefined) return;
  context.fail({
    ...context.text.result.threw(failure.type, failure.message),
    evidence: callEvidence(context, event, invoked),
  });
}

const kindOf = (text: Text, value: unknown): string => {
  if (value === undefined || value === null) return text.is.nothing;
  if (Array.isArray(value)) return text.is.array;
  switch (typeof value) {
    case 'string':
      return text.is.text;
    case 'number':
      return text.is.number;
    case 'boolean':
      return text.is.boolean;
    default:
      return text.is.object;
  }
};

function holdsJson(value: string): boolean {
  try {
    return typeof JSON.parse(value) === 'object';
  } catch {
    return false;
  }
}

const result: LabCheck = {
  id: 'result',
  title: (text) => text.result.title,
  points: 5,
  needs: ['ready', 'signature'],
  verifiedOn: ['embedded'],
  hints: (text) => text.result.hints,
  /** @returns the id of its call */
  async run(context): Promise<string> {
    const { text } = context;
    const event = { name: someName(context) };
    const invoked = await call(context, event);
    answered(context, event, invoked);
    const { payload } = invoked;
    const expected = '{ message, requestId, remainingMs }';
    const finding = { expected, actual: invoked.rawPayload, evidence: callEvidence(context, event, invoked) };
    if (typeof payload === 'string' && holdsJson(payload)) {
      context.fail({ ...text.result.stringified, ...finding });
    }
    if (payload === null || payload === undefined) context.fail({ ...text.result.nothing, ...finding });
    if (typeof payload !== 'object' || Array.isArray(payload)) {
      context.fail({ ...text.result.notObject(kindOf(text, payload)), ...finding });
    }
    const answer = members(payload);
    if ('statusCode' in answer && 'body' in answer) context.fail({ ...text.result.envelope, ...finding });
    const kinds = { message: text.is.text, requestId: text.is.text, remainingMs: text.is.number };
    const missing = Object.keys(kinds).filter((member) => answer[member] === undefined);
    if (missing.length > 0) {
      context.fail({ ...text.result.missing(listed(text, missing)), ...finding });
    }
    for (const [member, kind] of Object.entries(kinds)) {
      const actual = kindOf(text, answer[member]);
      if (actual !== kind) context.fail({ ...text.result.kind(member, kind, actual), ...finding });
    }
    return invoked.requestId;
  },
};

/** Names that a careless program breaks: spaces, Hangul, quotation marks, characters beyond the basic plane. */
const namesFrom = (context: Context): string[] => [
  someName(context),
  someName(context),
  `${someName(context)} ${someName(context)}`,
  `김 민지 ${someName(context)}`,
  `O'${someName(context)} "é" \\ 🚀 \${name}`,
];

const greeting: LabCheck = {
  id: 'greeting',
  title: (text) => text.greeting.title,
  points: 10,
  needs: ['ready', 'result'],
  verifiedOn: ['embedded'],
  hints: (text) => text.greeting.hints,
  /** @returns the ids of the calls so far */
  async run(context): Promise<readonly string[]> {
    const { text } = context;
    const word = currentWord(context);
    const calls: { readonly name: string; readonly message: unknown; readonly invoked: Invoked }[] = [];
    for (const name of namesFrom(context)) {
      const invoked = await call(context, { name });
      answered(context, { name }, invoked);
      calls.push({ name, message: members(invoked.payload).message, invoked });
    }
    const [first, second] = calls;
    calls.forEach(({ name, message, invoked }, index) => {
      const expected = `${word}, ${name}!`;
      if (message === expected) return;
      const evidence = callEvidence(context, { name }, invoked);
      const finding = { expected, actual: String(message), evidence };
      const earlier = calls.slice(0, index).find((before) => String(message).includes(before.name));
      if (earlier !== undefined) context.fail({ ...text.greeting.earlier(shown(earlier.name)), ...finding });
      const constant = first !== undefined && first.message === second?.message;
      const sentence = constant
        ? text.greeting.constant(shown(message))
        : text.greeting.different(shown(name));
      context.fail({ ...sentence, ...finding });
    });
    return [context.from<string>('result'), ...calls.map(({ invoked }) => invoked.requestId)];
  },
};

/** Enough for a function that nobody else calls ten times at once. */
const mostCalls = 10;

const callContext: LabCheck = {
  id: 'context',
  title: (text) => text.context.title,
  points: 10,
  needs: ['ready', 'greeting'],
  verifiedOn: ['embedded'],
  failsWithout: ['requestIds'],
  hints: (text) => text.context.hints,
  async run(context) {
    const { text } = context;
    const limit = (configurationOf(context).Timeout ?? 3) * 1000;
    const calls: { readonly event: unknown; readonly invoked: Invoked }[] = [];
    // Whoever keeps the id of a first call is right in a new environment, and other checks call at the same time:
    // two calls have to meet an environment that has answered before.
    for (let again = 0; again < 2 && calls.length < mostCalls;) {
      const event = { name: someName(context) };
      const invoked = await call(context, event);
      answered(context, event, invoked);
      calls.push({ event, invoked });
      if (!invoked.logTail.includes('Init Duration: ')) again += 1;
    }
    const given = new Set(context.from<readonly string[]>('greeting'));
    for (const { event, invoked } of calls) {
      const { requestId, remainingMs } = members(invoked.payload);
      const evidence = callEvidence(context, event, invoked);
      if (requestId !== invoked.requestId) {
        const kept = typeof requestId === 'string' && given.has(requestId);
        const sentence = kept ? text.context.kept(requestId) : text.context.other;
        context.fail({ ...sentence, expected: invoked.requestId, actual: String(requestId), evidence });
      }
      given.add(invoked.requestId);
      const sane = typeof remainingMs === 'number' && remainingMs > 0 && remainingMs <= limit;
      if (!sane) {
        context.fail({
          ...text.context.remaining(shown(remainingMs), limit),
          expected: `1 … ${limit}`,
          actual: shown(remainingMs),
          evidence,
        });
      }
    }
  },
};

export const answerChecks = { result, greeting, context: callContext };
