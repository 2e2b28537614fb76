import type { Finding } from '../../../grader/api.ts';
import { policyBreach } from '../../rest-api/admitted.ts';
import { calledBy } from '../../rest-api/found-api.ts';
import { aliases, called, stageNames, trialStages } from '../names.ts';
import { apiOf } from './api.ts';
import type { Context, LabCheck } from './context.ts';

const permission: LabCheck = {
  id: 'permission',
  title: (text) => text.permission.title,
  points: 10,
  needs: ['versions', 'integration'],
  verifiedOn: ['embedded'],
  hints: (text) => text.permission.hints,
  requires: ['aliasPolicies'],
  run: (context) => admits(context, { mayLack: false }),
  // Where aliases share the names of their statements, one that was asked for may be lacking.
  configuration: (context) => admits(context, { mayLack: true }),
};

/** Ends the check where an alias's policy does not let API Gateway call it, or lets in more than its own methods. */
async function admits(context: Context, { mayLack }: { readonly mayLack: boolean }): Promise<void> {
  const { text } = context;
  const { id } = apiOf(context);
  // Those that the student has, and those that come tomorrow: the grader makes some of them.
  const stages = [...stageNames, ...Object.values(trialStages)];
  const others = ['PATCH /release', 'PATCH /v1/quote', `GET /${context.nonce('path')}`];
  const lacking: Finding[] = [];
  let looked = 0;
  for (const alias of aliases) {
    const call = calledBy(context.from<string>('integration'), { alias });
    if (call === undefined) throw new Error('the URI of the integration names no function any more');
    for (const route of called[alias]) {
      const wanted = { apiId: id, route, stages, others };
      const breach = await policyBreach(context.clients.lambda, call, wanted, text.evidence.statement);
      looked += 1;
      if (breach === undefined) continue;
      const { kind, ...finding } = breach;
      const sentence =
        kind === 'missing' || kind === 'stage'
          ? text.permission[kind](alias, route)
          : text.permission[kind](alias);
      if (!mayLack || kind !== 'missing') context.fail({ ...sentence, ...finding });
      lacking.push({ ...sentence, ...finding });
    }
  }
  const [first] = lacking;
  if (first !== undefined && lacking.length === looked) context.fail(first);
}

export const permissionChecks = { permission };
