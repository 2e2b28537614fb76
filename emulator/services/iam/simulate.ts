import type { ContextEntry, EvaluationResult, PolicySourceType } from '@aws-sdk/client-iam';
import type { Cloud } from '../../cloud.ts';
import { decide } from '../../policy/decide.ts';
import type { AccessRequest, Decision, Policy, Requester } from '../../policy/policy.ts';
import type { Operations } from '../../service/operations.ts';
import { required } from '../../service/required.ts';
import { boundaryOf, policiesOf } from './access.ts';
import { accepted } from './documents.ts';
import { entitiesOf, missing } from './rows.ts';
import type { Iam } from './client.ts';

/** A policy in a simulation, with the name by which the answer refers to it. */
interface Source {
  readonly id: string;
  readonly type: PolicySourceType;
  readonly policy: Policy;
}

interface Simulation {
  readonly sources: readonly Source[];
  readonly boundary: readonly Policy[] | undefined;
  readonly resourcePolicy: Policy | undefined;
  readonly requester: Requester | undefined;
  readonly context: Readonly<Record<string, readonly string[]>>;
}

interface SimulationInput {
  readonly ActionNames: string[] | undefined;
  readonly ResourceArns?: string[] | undefined;
  readonly ContextEntries?: ContextEntry[] | undefined;
  readonly PolicyInputList?: string[] | undefined;
  readonly PermissionsBoundaryPolicyInputList?: string[] | undefined;
  readonly ResourcePolicy?: string | undefined;
  readonly CallerArn?: string | undefined;
}

/** What policies would say: the evaluator that decides real calls answers. */
export function simulationOperations(cloud: Cloud) {
  const entities = entitiesOf(cloud);
  return {
    SimulateCustomPolicy(input) {
      const results = simulate(input, simulationOf(input, [], undefined, undefined));
      return { EvaluationResults: results, IsTruncated: false };
    },
    SimulatePrincipalPolicy(input, { account }) {
      const arn = required(input.PolicySourceArn, 'PolicySourceArn');
      const known = entities(account);
      const role = known.roles.get(arn.split('/').at(-1)?.toLowerCase() ?? '');
      if (role?.arn !== arn) throw missing(`The entity with the ARN ${arn} cannot be found.`);
      const sources = policiesOf(known, role).map(({ source, type, policy }) => ({
        id: source,
        type,
        policy,
      }));
      const results = simulate(input, simulationOf(input, sources, boundaryOf(known, role), arn));
      return { EvaluationResults: results, IsTruncated: false };
    },
  } satisfies Operations<Iam>;
}

function simulationOf(
  input: SimulationInput,
  sources: readonly Source[],
  boundary: readonly Policy[] | undefined,
  ownArn: string | undefined,
): Simulation {
  const added = (input.PolicyInputList ?? []).map((document, index): Source => ({
    id: `PolicyInputList.${index + 1}`,
    type: 'none',
    policy: accepted(document, 'identity'),
  }));
  const arn = input.CallerArn ?? ownArn;
  return {
    sources: [...sources, ...added],
    boundary:
      input.PermissionsBoundaryPolicyInputList?.map((document) => accepted(document, 'identity')) ?? boundary,
    resourcePolicy:
      input.ResourcePolicy === undefined ? undefined : accepted(input.ResourcePolicy, 'resource'),
    requester: arn === undefined ? undefined : { kind: 'aws', account: arn.split(':')[4] ?? '', arn },
    context: Object.fromEntries(
      (input.ContextEntries ?? []).map((entry) => [entry.ContextKeyName ?? '', entry.ContextKeyValues ?? []]),
    ),
  };
}

function simulate(input: SimulationInput, simulation: Simulation): EvaluationResult[] {
  return required(input.ActionNames, 'ActionNames').flatMap((action) =>
    (input.ResourceArns ?? ['*']).map((resource) => result(action, resource, simulation)),
  );
}

const decisions = { allow: 'allowed', explicitDeny: 'explicitDeny', implicitDeny: 'implicitDeny' } as const;

function result(action: string, resource: string, simulation: Simulation): EvaluationResult {
  const { sources, boundary, resourcePolicy, requester, context } = simulation;
  const request: AccessRequest = { action, resource, context, ...(requester !== undefined && { requester }) };
  const identity = decide(
    sources.map(({ policy }) => policy),
    request,
  );
  const bounded = boundary === undefined ? undefined : decide(boundary, request);
  const onResource = resourcePolicy === undefined ? undefined : decide([resourcePolicy], request);
  const source = identity.policy === undefined ? undefined : sources[identity.policy];
  const matched = [
    ...(source === undefined ? [] : [{ SourcePolicyId: source.id, SourcePolicyType: source.type }]),
    ...(onResource?.statement === undefined
      ? []
      : [{ SourcePolicyId: 'ResourcePolicy', SourcePolicyType: 'resource' as const }]),
  ];
  return {
    EvalActionName: action,
    EvalResourceName: resource,
    EvalDecision: decisions[together(identity, bounded, onResource)],
    MatchedStatements: matched,
    MissingContextValues: absentKeys(
      sources.map(({ policy }) => policy),
      context,
    ),
    ...(bounded !== undefined && {
      PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: bounded.decision === 'allow' },
    }),
  };
}

/** Within one account, a resource policy that names the caller suffices; a boundary limits identity policies. */
function together(
  identity: Decision,
  bounded: Decision | undefined,
  onResource: Decision | undefined,
): Decision['decision'] {
  const all = [identity, bounded, onResource].map((decision) => decision?.decision);
  if (all.includes('explicitDeny')) return 'explicitDeny';
  if (onResource?.decision === 'allow' && onResource.delegated !== true) return 'allow';
  return identity.decision === 'allow' && bounded?.decision !== 'implicitDeny' ? 'allow' : 'implicitDeny';
}

function absentKeys(policies: readonly Policy[], context: Simulation['context']): string[] {
  const given = new Set(Object.keys(context).map((key) => key.toLowerCase()));
  const asked = policies
    .flatMap(({ statements }) => statements)
    .flatMap(({ conditions }) => conditions.map(({ key }) => key));
  return [...new Set(asked)].filter((key) => !given.has(key.toLowerCase()));
}
