import type { Called } from '../../rest-api/found-api.ts';
import { policyOf } from '../../rest-api/function-policy.ts';
import { admissionsOf, covers, type Admission } from '../../rest-api/source-arns.ts';
import { shown } from '../../wording/wording.ts';
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
    for (const [route, called] of context.from<ReadonlyMap<string, Called>>('integration')) {
      const admissions = admissionsOf(await policyOf(context.clients.lambda, called));
      const [, partition = '', , region = '', account = ''] = called.arn.split(':');
      const arn = (apiId: string, of: string) =>
        `arn:${partition}:execute-api:${region}:${account}:${apiId}/${stage}/${of.replace(' ', '')}`;
      const here = arn(id, route);
      const expected = here.replace(`/${stage}/`, '/*/');
      const evidence = admissions.map(({ statement }) => ({
        label: text.evidence.statement,
        value: JSON.stringify(statement, null, 2),
      }));
      if (!admissions.some(({ sources }) => admits(sources, here)))
        context.fail({ ...text.permission.missing(route), expected, evidence });
      for (const { everybody, sources, statement } of admissions) {
        const finding = {
          expected,
          actual: sources === undefined ? shown(undefined) : sources.join(', '),
          evidence: [{ label: text.evidence.statement, value: JSON.stringify(statement, null, 2) }],
        };
        if (everybody) context.fail({ ...text.permission.everybody, ...finding });
        if (sources === undefined) context.fail({ ...text.permission.noSource, ...finding });
        if (admits(sources, arn('otherapi00', route)))
          context.fail({ ...text.permission.otherApis, ...finding });
        const others = ['PATCH /hello', 'PATCH /echo', `GET /${context.nonce('path')}`];
        if (others.some((other) => admits(sources, arn(id, other))))
          context.fail({ ...text.permission.otherMethods, ...finding });
      }
    }
  },
};

const admits = (sources: Admission['sources'], arn: string): boolean =>
  sources === undefined || sources.some((source) => covers(source, arn));

export const permissionChecks = { permission };
