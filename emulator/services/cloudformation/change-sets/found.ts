import type { Scope } from '../../../service/call.ts';
import { invalid, noStackNamed, noSuchChangeSet } from '../failures.ts';
import type { ChangeSetRow } from '../rows.ts';
import { find } from '../stacks/found.ts';
import type { StackStore } from '../store.ts';

/** How a request names a change set: by its ARN, or by its name and its stack. */
export interface Named {
  readonly ChangeSetName?: string | undefined;
  readonly StackName?: string | undefined;
}

/** @throws ChangeSetNotFoundException, ValidationError */
export function changeSetNamed(store: StackStore, scope: Scope, named: Named): ChangeSetRow {
  const { ChangeSetName: name = '', StackName: stackName } = named;
  if (name.startsWith('arn:')) {
    const row = store.changeSet(scope, name);
    if (row === undefined) throw noSuchChangeSet(name);
    return row;
  }
  if (stackName === undefined)
    throw invalid('StackName must be specified if ChangeSetName is not specified as an ARN.');
  const stack = find(store, scope, stackName);
  if (stack === undefined) throw noStackNamed(stackName);
  const row = store.changeSets(scope, stack.id).find((one) => one.name === name);
  if (row === undefined) throw noSuchChangeSet(name);
  return row;
}
