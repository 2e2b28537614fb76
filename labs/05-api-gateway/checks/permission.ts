import { GetPolicyCommand, ResourceNotFoundException } from '@aws-sdk/client-lambda';
import { stage } from '../names.ts';
import { apiOf } from './api.ts';
import { shown, type Context, type LabCheck } from './context.ts';
import type { Called } from './integration.ts';
import { admissionsOf, covers, type Admission } from './source-arns.ts';

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
      const admissions = admissionsOf(await policyOf(context, called));
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

/** The policy of what is called: each alias and version has its own. */
async function policyOf({ clients }: Context, { arn, qualifier }: Called): Promise<string> {
  const name = qualifier === undefined ? arn : arn.slice(0, -qualifier.length - 1);
  try {
    const { Policy: policy } = await clients.lambda.send(
      new GetPolicyCommand({ FunctionName: name, Qualifier: qualifier }),
    );
    return policy ?? '{}';
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return '{}';
    throw error;
  }
}

export const permissionChecks = { permission };
