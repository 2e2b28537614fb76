import type { Scope } from '../../../service/call.ts';
import type { RunningService } from '../../../service/service.ts';
import type { CloudFormation } from '../client.ts';
import type { CloudFormationPort } from '../port.ts';
import { stackArn } from '../rows.ts';
import type { StackStore } from '../store.ts';
import { find } from './found.ts';

type Resources = NonNullable<RunningService<CloudFormation, CloudFormationPort>['resources']>;

/**
 * The stacks that calls name, for policies of roles.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscloudformation.html
 */
export function namedStacks(store: StackStore): Resources {
  /** Of a stack that is not there yet, what its ARN will be but for the last part. */
  const stack = ({ StackName: name = '*' }: { readonly StackName?: string | undefined }, scope: Scope) =>
    find(store, scope, name)?.id ?? (name.startsWith('arn:') ? name : stackArn(scope, name, '*'));
  /** A change set's ARN leads to its stack, without which AWS does not ask for one. */
  const changeSet = (
    input: { readonly StackName?: string | undefined; readonly ChangeSetName?: string | undefined },
    scope: Scope,
  ) =>
    (input.ChangeSetName?.startsWith('arn:') === true
      ? store.changeSet(scope, input.ChangeSetName)?.stackId
      : undefined) ?? stack(input, scope);
  return {
    CancelUpdateStack: stack,
    ContinueUpdateRollback: stack,
    CreateChangeSet: stack,
    CreateStack: stack,
    DeleteChangeSet: changeSet,
    DeleteStack: stack,
    DescribeChangeSet: changeSet,
    DescribeStackEvents: stack,
    DescribeStackResource: stack,
    DescribeStackResourceDrifts: stack,
    DescribeStackResources: stack,
    DescribeStacks: stack,
    DetectStackDrift: stack,
    DetectStackResourceDrift: stack,
    ExecuteChangeSet: changeSet,
    GetStackPolicy: stack,
    GetTemplate: changeSet,
    GetTemplateSummary: stack,
    ListChangeSets: stack,
    ListStackResources: stack,
    RollbackStack: stack,
    SetStackPolicy: stack,
    UpdateStack: stack,
    UpdateTerminationProtection: stack,
  };
}
