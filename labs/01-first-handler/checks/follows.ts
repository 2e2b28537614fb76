import type { Invoked } from '../../../grader/api.ts';
import { someName } from './answer.ts';
import { configurationOf } from './function.ts';
import { callEvidence, failureOf } from '../../function-call/call.ts';
import { members } from '../../wording/members.ts';
import { shown } from '../../wording/wording.ts';
import type { Context, LabCheck } from './context.ts';
import { withCopy, type GreetingWords } from './copy.ts';

/** One call of the copy, and what was configured at that moment. */
interface Observation {
  readonly words: GreetingWords;
  readonly event: { readonly name: string; readonly language?: string };
  readonly invoked: Invoked;
}

const follows: LabCheck = {
  id: 'follows-configuration',
  title: (text) => text.follows.title,
  points: 10,
  needs: ['ready', 'package', 'greeting', 'context'],
  verifiedOn: ['embedded'],
  hints: (text) => text.follows.hints,
  async run(context): Promise<readonly Observation[]> {
    const { text } = context;
    const { GREETING: word = '' } = configurationOf(context).Environment?.Variables ?? {};
    if (word === '') context.fail({ ...text.follows.unset, expected: 'GREETING' });
    // Well above the lab's own 5 seconds, so that a number that was written down does not pass.
    const timeout = context.integer(30, 60);
    const observations = await observe(context, timeout);
    for (const observation of observations.filter(({ event }) => event.language === undefined)) {
      const { event, words, invoked } = observation;
      const evidence = evidenceOf(context, observation);
      const expected = `${words.GREETING}, ${event.name}!`;
      const { message, remainingMs } = members(invoked.payload);
      context.expect(message, { ...text.follows.word(shown(words.GREETING)), evidence }).toBe(expected);
      const plausible =
        typeof remainingMs === 'number' &&
        remainingMs > (timeout - 20) * 1000 &&
        remainingMs <= timeout * 1000;
      if (!plausible) {
        context.fail({
          ...text.follows.remaining(shown(remainingMs), timeout),
          expected: `${(timeout - 20) * 1000} … ${timeout * 1000}`,
          actual: shown(remainingMs),
          evidence,
        });
      }
    }
    return observations;
  },
};

async function observe(context: Context, timeout: number): Promise<Observation[]> {
  const both = { GREETING: `안녕 ${context.nonce('word')}`, GREETING_KO: context.nonce('korean') };
  const single = { GREETING: `${context.nonce('word')} & "hello"` };
  return withCopy(context, timeout, both, async (copy) => {
    const observations: Observation[] = [];
    const ask = async (words: GreetingWords, language?: string) => {
      const event = { name: someName(context), ...(language === undefined ? {} : { language }) };
      const invoked = await context.invoke(copy.name, event);
      const observation = { words, event, invoked };
      const failure = failureOf(invoked);
      if (failure !== undefined) {
        const evidence = evidenceOf(context, observation);
        context.fail({ ...context.text.follows.threw(failure.type, failure.message), evidence });
      }
      observations.push(observation);
    };
    await ask(both);
    await ask(both, 'ko');
    await ask(both, 'fr');
    await copy.configure(single);
    await ask(single);
    await ask(single, 'ko');
    return observations;
  });
}

const evidenceOf = (context: Context, { words, event, invoked }: Observation) => [
  { label: context.text.evidence.variables, value: shown(words) },
  ...callEvidence(context, event, invoked),
];

const language: LabCheck = {
  id: 'language',
  title: (text) => text.language.title,
  points: 5,
  needs: ['follows-configuration'],
  verifiedOn: ['embedded'],
  hints: (text) => text.language.hints,
  async run(context) {
    const sentences = context.text.language;
    for (const observation of context.from<readonly Observation[]>('follows-configuration')) {
      const { event, words, invoked } = observation;
      if (event.language === undefined) continue;
      const korean = event.language === 'ko' ? words.GREETING_KO : undefined;
      const sentence =
        korean !== undefined
          ? sentences.korean
          : event.language === 'ko'
            ? sentences.fallback
            : sentences.other(event.language);
      const evidence = evidenceOf(context, observation);
      const expected = `${korean ?? words.GREETING}, ${event.name}!`;
      context.expect(members(invoked.payload).message, { ...sentence, evidence }).toBe(expected);
    }
    return Promise.resolve();
  },
};

export const followChecks = { follows, language };
