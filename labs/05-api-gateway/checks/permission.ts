import { policyBreach } from '../../rest-api/admitted.ts';
import type { Called } from '../../rest-api/found-api.ts';
import { stage } from '../names.ts';
import { apiOf } from './api.ts';
import type { LabCheck } from './context.ts';

const permission: LabCheck = {
  id: 'permission',
  title: (text) => text.permission.title,
  points: 10,
  needs: ['integration'],
  verifiedOn: ['embedded'],
  hints: (text) => text.permission.hints,
  async run(context) {
    const { text } = context;
    const { id } = apiOf(context);
    const others = ['PATCH /hello', 'PATCH /echo', `GET /${context.nonce('path')}`];
    for (const [route, called] of context.from<ReadonlyMap<string, Called>>('integration')) {
      const wanted = { apiId: id, route, stages: [stage], others };
      const breach = await policyBreach(context.clients.lambda, called, wanted, text.evidence.statement);
      if (breach === undefined) continue;
      const { kind, ...finding } = breach;
      // One stage alone was asked for.
      const sentence =
        kind === 'missing' || kind === 'stage' ? text.permission.missing(route) : text.permission[kind];
      context.fail({ ...sentence, ...finding });
    }
  },
};

export const permissionChecks = { permission };
