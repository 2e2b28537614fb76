import { bodyIn } from '../../rest-api/proxy-body.ts';
import { proxyEvent } from '../../rest-api/proxy-event.ts';
import { members } from '../../wording/members.ts';
import { shown } from '../../wording/wording.ts';
import { names, probeKeys, routes, stage, type Route } from '../names.ts';
import { ask, askUntil, line, outcomeOf, type Shown } from './ask.ts';
import { tokenOf } from './authorizer.ts';
import type { Context, LabCheck } from './context.ts';
import { withProbeKey, type ProbeKey } from './probe-key.ts';

const identity: LabCheck = {
  id: 'identity',
  title: (text) => text.identity.title,
  points: 5,
  needs: ['keys', 'context'],
  verifiedOn: ['embedded'],
  requires: ['apiKeys', 'lambdaAuthorizers', 'apiKeyIdentity'],
  hints: (text) => text.identity.hints,
  run: byStage,
  async configuration(context) {
    await byFunction(context, routes.public);
    await byFunction(context, routes.reports);
    const shows = await Promise.all([context.can('apiKeys'), context.can('lambdaAuthorizers')]);
    if (shows.every(Boolean)) await byStage(context);
  },
};

function byStage(context: Context): Promise<void> {
  return withProbeKey(context, probeKeys.identity, async (key) => {
    await key.join();
    await askUntil(context, 'apiKey', ['in'], routes.reports, { key: key.value });
    await namesNobody(context, key, routes.public);
    await namesNobody(context, key, routes.reports);
    await opensNothing(context, key);
    const sub = context.nonce('caller');
    await tells(context, routes.admin, sub, {
      key: key.value,
      token: tokenOf(context, { sub, role: 'reader' }),
    });
  });
}

/** The back end by itself, with an event as the gateway makes it of a request with a key and no token. */
async function byFunction(context: Context, route: Route): Promise<void> {
  const { text } = context;
  const apiKey = context.nonce('key');
  const apiKeyId = context.nonce('keyid');
  const event = proxyEvent(context, {
    route,
    stage,
    headers: { 'x-api-key': apiKey },
    identity: { apiKey, apiKeyId },
  });
  const { payload, rawPayload } = await context.invoke(context.name(names.function), event);
  const evidence = [{ label: text.evidence.event, value: shown({ route, identity: { apiKey, apiKeyId } }) }];
  const { caller = null } = members(bodyIn(payload));
  if (caller !== null)
    context.fail({
      ...text.identity.caller(route),
      expected: shown(null),
      actual: shown(caller),
      evidence,
    });
  if (rawPayload.includes(apiKey) || rawPayload.includes(apiKeyId))
    context.fail({ ...text.identity.shown(route), expected: '', actual: rawPayload, evidence });
}

/** A key says which plan pays, not who calls. */
async function namesNobody(context: Context, { id, value }: ProbeKey, route: Route): Promise<void> {
  const { text, evidence } = await tells(context, route, null, { key: value });
  // The key's name and its customer are as little the caller as its value.
  if (text.includes(value) || text.includes(id))
    context.fail({ ...context.text.identity.shown(route), expected: '', actual: text, evidence });
}

async function tells(context: Context, route: Route, expected: string | null, shownByCaller: Shown) {
  const answer = await ask(context, route, shownByCaller);
  const { caller } = members(answer.json);
  // A caller who is refused is told nothing: other checks look at that.
  if (outcomeOf(answer) === 'in' && caller !== expected)
    context.fail({
      ...context.text.identity.caller(route),
      expected: shown(expected),
      actual: shown(caller),
      evidence: answer.evidence,
    });
  return answer;
}

async function opensNothing(context: Context, { value }: ProbeKey): Promise<void> {
  const answer = await ask(context, routes.admin, { key: value });
  if (outcomeOf(answer) !== 'in') return;
  context.fail({
    ...context.text.identity.opens,
    expected: '401 {"message":"Unauthorized"}',
    actual: line(answer),
    evidence: answer.evidence,
  });
}

export const identityChecks = { identity };
