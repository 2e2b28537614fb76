import type { Capability, Invoked } from '../api.ts';
import { aliasTrials } from './alias-trials.ts';
import { accessTrials } from './access-trials.ts';
import { asyncTrials } from './async-trials.ts';
import { once, roleOf } from './made-once.ts';
import { integrationTrials } from './integration-trials.ts';
import { refusalTrials } from './refusal-trials.ts';
import { rightsTrials } from './rights-trials.ts';
import { signalTrials } from './signal-trials.ts';
import { stackTrials } from './stack-trials.ts';
import { stageTrials } from './stage-trials.ts';
import type { Source, Throwaway } from './throwaway.ts';
import type { Trial } from './trial.ts';

const mark = 'coldstart-probe-mark';

const speaking: Source = {
  runtime: 'nodejs24.x',
  file: 'index.mjs',
  code: `export const handler = async (event, context) => {
  console.log(event.mark);
  if (event.fail) throw Object.assign(new Error(event.mark), { name: 'ProbeError' });
  return { ...event, id: context.awsRequestId };
};`,
};

const levelled: Source = {
  runtime: 'nodejs24.x',
  file: 'index.mjs',
  code: `export const handler = async (event) => { console.info(event.mark); console.warn(event.mark); };`,
};

// AWS developer guide, "Node.js 24 runtime": a handler with three parameters does not start.
const withCallback: Source = {
  runtime: 'nodejs24.x',
  file: 'index.js',
  code: `exports.handler = (event, context, callback) => { callback(null, event); };`,
};

/** The plain function serves several trials: it is made once. */
const plain = new WeakMap<Throwaway, Promise<string>>();

const functionOf = (place: Throwaway) =>
  once(plain, place, async () => place.make(speaking, await roleOf(place)));

/** So are its calls: one that it answers, and one that fails. */
const answered = new WeakMap<Throwaway, Promise<Invoked>>();
const failed = new WeakMap<Throwaway, Promise<Invoked>>();

const answerOf = (place: Throwaway) =>
  once(answered, place, async () => place.invoke(await functionOf(place), { mark }));
const failureOf = (place: Throwaway) =>
  once(failed, place, async () => place.invoke(await functionOf(place), { mark, fail: true }));

/** How often a trial begins anew where an answer was lost. */
const mostTries = 5;

/** One way of finding out for each behaviour: do it, and look. */
export const trials: Readonly<Record<Capability, Trial>> = {
  async functionErrors(place) {
    const { status, functionError } = await failureOf(place);
    return status === 200 && functionError !== undefined;
  },

  async errorTypes(place) {
    const { payload } = await failureOf(place);
    return member(payload, 'errorType') === 'ProbeError';
  },

  async requestIds(place) {
    const { payload, requestId } = await answerOf(place);
    return requestId !== '' && member(payload, 'id') === requestId;
  },

  async logTail(place) {
    const { logTail } = await answerOf(place);
    return logTail.includes(mark);
  },

  async platformLogLines(place) {
    const name = await functionOf(place);
    const { requestId } = await answerOf(place);
    const seen = await place.until('logs', async () => {
      const messages = await place.messages(name);
      const has = (start: string) =>
        messages.some((message) => message.startsWith(`${start} RequestId: ${requestId}`));
      return has('START') && has('REPORT') ? true : undefined;
    });
    return seen === true;
  },

  async rejectsCallbackHandlers(place) {
    let name;
    try {
      name = await place.make(withCallback, await roleOf(place));
    } catch (error) {
      // A server that has no nodejs24.x does not have its rules either.
      if (isRefusal(error)) return false;
      throw error;
    }
    const { functionError } = await place.invoke(name, { mark });
    return functionError !== undefined;
  },

  async iamTrust(place) {
    const role = await place.role('ec2.amazonaws.com');
    try {
      await place.make(speaking, role, false);
      return false;
    } catch (error) {
      if (isRefusal(error)) return true;
      throw error;
    }
  },

  async jsonLogs(place) {
    const name = await place.make({ ...speaking, logging: { LogFormat: 'JSON' } }, await roleOf(place));
    await place.invoke(name, { mark });
    const seen = await place.until('logs', async () => {
      const messages = await place.messages(name);
      return messages.some(isJsonLine) ? true : undefined;
    });
    return seen === true;
  },

  ...signalTrials,
  ...accessTrials,

  ...refusalTrials,
  ...integrationTrials,
  ...rightsTrials,
  ...asyncTrials,
  ...stageTrials,
  ...aliasTrials,
  ...stackTrials,

  async logLevels(place) {
    const logging = { LogFormat: 'JSON', ApplicationLogLevel: 'WARN' } as const;
    const name = await place.make({ ...levelled, logging }, await roleOf(place));
    await place.invoke(name, { mark });
    const has = (messages: readonly string[], level: string) =>
      messages.some((message) => message.includes(mark) && message.includes(`"${level}"`));
    let messages: readonly string[] = [];
    const seen = await place.until('logs', async () => {
      messages = await place.messages(name);
      return has(messages, 'WARN') ? true : undefined;
    });
    return seen === true && !has(messages, 'INFO');
  },

  async initDuration(place) {
    const told = ({ logTail }: { readonly logTail: string }) => /^REPORT .*Init Duration: /m.test(logTail);
    for (let time = 1; time <= mostTries; time += 1) {
      // A function of its own: nobody else has called it before.
      const name = await place.make(speaking, await roleOf(place));
      const cold = await place.invoke(name, { mark });
      // Another attempt may have been the first call: nothing is known of this function then.
      if (cold.lost > 0) continue;
      const warm = await place.invoke(name, { mark });
      return told(cold) && !told(warm);
    }
    throw new Error(`The first answer of ${String(mostTries)} functions was lost.`);
  },
};

const isRefusal = (error: unknown) =>
  error instanceof Error && error.name === 'InvalidParameterValueException';

const member = (payload: unknown, name: string): unknown =>
  typeof payload === 'object' && payload !== null ? Reflect.get(payload, name) : undefined;

function isJsonLine(message: string): boolean {
  try {
    const line = JSON.parse(message) as unknown;
    return (
      typeof line === 'object' &&
      line !== null &&
      'level' in line &&
      'message' in line &&
      line.message === mark
    );
  } catch {
    return false;
  }
}
