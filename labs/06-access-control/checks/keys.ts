import type { HttpAnswer } from '../../../grader/api.ts';
import { expectStatus } from '../../rest-api/gateway-answer.ts';
import { shown, type Sentence } from '../../wording/wording.ts';
import { probeKeys, routes } from '../names.ts';
import { methodOf } from './api.ts';
import { askUntil, line, outcomeOf, type Outcome } from './ask.ts';
import type { Context, LabCheck } from './context.ts';
import { planOf } from './plan.ts';
import { withProbeKey } from './probe-key.ts';

const keys: LabCheck = {
  id: 'keys',
  title: (text) => text.keys.title,
  points: 10,
  needs: ['ready', 'plan'],
  verifiedOn: ['embedded'],
  requires: ['apiKeys', 'disabledApiKeys'],
  hints: (text) => text.keys.hints,
  async run(context) {
    asksForKey(context);
    await letsIn(context, { disabling: true });
  },
  async configuration(context) {
    asksForKey(context);
    if (await context.can('apiKeys')) await letsIn(context, { disabling: false });
  },
};

/** Who is let in, and who is not. @param disabling whether the server knows of keys that are disabled */
async function letsIn(context: Context, { disabling }: { readonly disabling: boolean }): Promise<void> {
  const { text } = context;
  const refused = async (key: string | undefined, sentence: Sentence) => {
    const answer = await askUntil(context, 'deployment', ['forbidden'], routes.reports, { key });
    expectOutcome(context, answer, ['forbidden'], sentence, '403 {"message":"Forbidden"}');
  };
  await refused(undefined, text.keys.nobody);
  await refused(`${context.nonce('key')}-that-nobody-has`, text.keys.wrong);
  await withProbeKey(context, probeKeys.keys, async (key) => {
    await refused(key.value, text.keys.outside);
    await key.join();
    const joined = await askUntil(context, 'apiKey', ['in'], routes.reports, { key: key.value });
    expectOutcome(context, joined, ['in'], text.keys.right, '200');
    if (!disabling) return;
    await key.disable();
    const disabled = await askUntil(context, 'apiKey', ['forbidden'], routes.reports, { key: key.value });
    expectOutcome(context, disabled, ['forbidden'], text.keys.disabled, '403 {"message":"Forbidden"}');
  });
  // A key that has used up what its plan grants is known all the same.
  const known = ['in', 'throttled', 'usedUp'] as const;
  const own = await askUntil(context, 'apiKey', known, routes.reports, { key: planOf(context).key });
  expectOutcome(context, own, known, text.keys.own, '200');
}

function asksForKey(context: Context): void {
  const { apiKeyRequired } = methodOf(context, routes.reports);
  if (apiKeyRequired === true) return;
  context.fail({
    ...context.text.keys.notRequired,
    expected: 'true',
    actual: shown(apiKeyRequired),
    evidence: [{ label: 'GetMethod', value: shown({ apiKeyRequired }) }],
  });
}

function expectOutcome(
  context: Context,
  answer: HttpAnswer,
  wanted: readonly Outcome[],
  sentence: Sentence,
  expected: string,
): void {
  const outcome = outcomeOf(answer);
  if (wanted.includes(outcome)) return;
  // It does not come down to the key: the stage has no such method, or what stands behind it fails.
  if (outcome === 'unknown' || (wanted.includes('in') && outcome !== 'forbidden'))
    expectStatus(context, routes.reports, answer, 200);
  context.fail({ ...sentence, expected, actual: line(answer), evidence: answer.evidence });
}

export const keyChecks = { keys };
