import { policyBreach } from '../../rest-api/admitted.ts';
import { calledBy } from '../../rest-api/found-api.ts';
import { policyOf } from '../../rest-api/function-policy.ts';
import { admissionsOf } from '../../rest-api/source-arns.ts';
import { aliases, called, stageNames, trialStages, type Alias } from '../names.ts';
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
  run: (context) => admits(context, aliases),
  async configuration(context) {
    // Where aliases share their statements' names, a policy may be lacking that was asked for: one tells enough.
    const found: Alias[] = [];
    for (const alias of aliases) if (await hasPolicy(context, alias)) found.push(alias);
    await admits(context, found.length === 0 ? aliases : found);
  },
};

async function hasPolicy(context: Context, alias: Alias): Promise<boolean> {
  const call = calledBy(context.from<string>('integration'), { alias });
  return call !== undefined && admissionsOf(await policyOf(context.clients.lambda, call)).length > 0;
}

/** Ends the check where the policy of one of these aliases does not let API Gateway call it, or lets in too much. */
async function admits(context: Context, some: readonly Alias[]): Promise<void> {
  const { text } = context;
  const { id } = apiOf(context);
  // Those that the student has, and those that come tomorrow: the grader makes some of them.
  const stages = [...stageNames, ...Object.values(trialStages)];
  const others = ['PATCH /release', 'PATCH /v1/quote', `GET /${context.nonce('path')}`];
  for (const alias of some) {
    const call = calledBy(context.from<string>('integration'), { alias });
    if (call === undefined) throw new Error('the URI of the integration names no function any more');
    for (const route of called[alias]) {
      const wanted = { apiId: id, route, stages, others };
      const breach = await policyBreach(context.clients.lambda, call, wanted, text.evidence.statement);
      if (breach === undefined) continue;
      const { kind, ...finding } = breach;
      const sentence =
        kind === 'missing' || kind === 'stage'
          ? text.permission[kind](alias, route)
          : text.permission[kind](alias);
      context.fail({ ...sentence, ...finding });
    }
  }
}

export const permissionChecks = { permission };
