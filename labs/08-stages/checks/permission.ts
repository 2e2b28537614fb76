import { policyBreach } from '../../rest-api/admitted.ts';
import { calledBy } from '../../rest-api/found-api.ts';
import { aliases, called, stageNames, trialStages } from '../names.ts';
import { apiOf } from './api.ts';
import type { LabCheck } from './context.ts';

const permission: LabCheck = {
  id: 'permission',
  title: (text) => text.permission.title,
  points: 10,
  needs: ['versions', 'integration'],
  verifiedOn: ['embedded'],
  hints: (text) => text.permission.hints,
  async run(context) {
    const { text } = context;
    const { id } = apiOf(context);
    // Those that the student has, and those that come tomorrow: the grader makes some of them.
    const stages = [...stageNames, ...Object.values(trialStages)];
    const others = ['PATCH /release', 'PATCH /v1/quote', `GET /${context.nonce('path')}`];
    for (const alias of aliases) {
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
  },
};

export const permissionChecks = { permission };
