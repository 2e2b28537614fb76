import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { Evidence } from '../../grader/api.ts';
import { shown } from '../wording/wording.ts';
import type { Called } from './found-api.ts';
import { policyOf } from './function-policy.ts';
import { admissionsOf, covers, type Admission } from './source-arns.ts';

/** Which method of which API has to be let in, and nothing beside it. */
export interface Wanted {
  readonly apiId: string;
  /** `GET /hello` */
  readonly route: string;
  /** Each of these stages is let in. */
  readonly stages: readonly string[];
  /** Routes of the same API that are not let in by a permission for one method. */
  readonly others: readonly string[];
}

/** Where a policy lets in too few or too many. */
export interface PolicyBreach {
  readonly kind: 'missing' | 'stage' | 'everybody' | 'noSource' | 'otherApis' | 'otherMethods';
  readonly expected: string;
  readonly actual?: string;
  readonly evidence: readonly Evidence[];
}

/**
 * Reads the policy of what an integration calls.
 * @param label of a statement as evidence
 * @returns undefined where the policy lets in what is wanted and nothing more; `stage` where only some stages are let in
 */
export async function policyBreach(
  client: LambdaClient,
  called: Called,
  { apiId, route, stages, others }: Wanted,
  label: string,
): Promise<PolicyBreach | undefined> {
  const admissions = admissionsOf(await policyOf(client, called));
  const [, partition = '', , region = '', account = ''] = called.arn.split(':');
  const arn = (api: string, stage: string, of: string) =>
    `arn:${partition}:execute-api:${region}:${account}:${api}/${stage}/${of.replace(' ', '')}`;
  const expected = arn(apiId, '*', route);
  const evidence = admissions.map(({ statement }) => ({ label, value: JSON.stringify(statement, null, 2) }));
  const admitted = stages.filter((stage) =>
    admissions.some(({ sources }) => admits(sources, arn(apiId, stage, route))),
  );
  if (admitted.length < stages.length)
    return { kind: admitted.length === 0 ? 'missing' : 'stage', expected, evidence };
  const [stage = ''] = stages;
  for (const { everybody, sources, statement } of admissions) {
    const breach = (kind: PolicyBreach['kind']): PolicyBreach => ({
      kind,
      expected,
      actual: sources === undefined ? shown(undefined) : sources.join(', '),
      evidence: [{ label, value: JSON.stringify(statement, null, 2) }],
    });
    if (everybody) return breach('everybody');
    if (sources === undefined) return breach('noSource');
    if (admits(sources, arn('otherapi00', stage, route))) return breach('otherApis');
    if (others.some((other) => admits(sources, arn(apiId, stage, other)))) return breach('otherMethods');
  }
  return undefined;
}

const admits = (sources: Admission['sources'], arn: string): boolean =>
  sources === undefined || sources.some((source) => covers(source, arn));
