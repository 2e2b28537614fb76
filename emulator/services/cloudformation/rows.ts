import type {
  ChangeSetStatus,
  ExecutionStatus,
  OperationType,
  ResourceStatus,
  StackDriftStatus,
  StackResourceDriftStatus,
  StackStatus,
} from '@aws-sdk/client-cloudformation';
import type { Principal, Scope } from '../../service/call.ts';
import type { Json } from '../../state/state.ts';
import type { Kept } from './resources/resource-type.ts';

export type Tags = Readonly<Record<string, string>>;

/** A parameter as a stack has it. */
export interface ParameterRow {
  readonly key: string;
  /** As it was given, or the template's default. */
  readonly value: string;
  /** The value of the SSM parameter that `value` names. */
  readonly resolved?: string;
  readonly noEcho?: boolean;
}

/** What a stack is made by: what its caller wants it to be. */
export interface Goal {
  /** Key of the template. */
  readonly template: string;
  readonly description?: string;
  readonly parameters: readonly ParameterRow[];
  readonly tags: Tags;
  readonly capabilities: readonly string[];
  readonly roleArn?: string;
  readonly notifications: readonly string[];
}

/** A template as it was given, and as it is once its transforms were run. */
export interface TemplateRow {
  readonly original: string;
  readonly processed?: string;
}

export interface OutputRow {
  readonly key: string;
  readonly value: string;
  readonly description?: string;
  readonly exportName?: string;
}

/** A stack. Times are ms since 1970. */
export interface StackRow {
  /** The ARN. */
  readonly id: string;
  readonly name: string;
  readonly created: number;
  readonly updated?: number;
  readonly deleted?: number;
  readonly status: StackStatus;
  readonly reason?: string;
  readonly goal: Goal;
  /** What it was before an update that has failed and is not yet undone. */
  readonly stable?: Goal;
  readonly outputs: readonly OutputRow[];
  /** Names of exports that it uses. */
  readonly imports: readonly string[];
  readonly disableRollback: boolean;
  readonly timeoutMinutes?: number;
  readonly protected: boolean;
  readonly policy?: string;
  readonly parentId?: string;
  readonly rootId?: string;
  readonly changeSetId?: string;
  readonly retainExceptOnCreate?: boolean;
  readonly drift?: { readonly status: StackDriftStatus; readonly at: number };
  readonly lastOperation?: { readonly type: OperationType; readonly id: string };
}

/** What becomes of a resource that a stack has no more. */
export type Removal = 'Delete' | 'Retain' | 'RetainExceptOnCreate' | 'Snapshot';

/** A resource that exists. */
export interface Live extends Kept {
  readonly type: string;
  readonly tags: Tags;
  readonly whenDeleted: Removal;
  readonly whenReplaced: Removal;
  /** Logical ids of what it needs, in the template that made it. */
  readonly needs: readonly string[];
  readonly metadata?: Json;
}

/** Work on a resource that has begun: when the cloud ends in the middle of it, it is begun again. */
export interface Step {
  readonly kind: 'create' | 'update' | 'delete';
  /** The same whenever this step is tried again. */
  readonly token: string;
  /** Undefined before they were worked out. */
  readonly properties?: Readonly<Record<string, Json>>;
  /** Something by that name was there before the step began: it is not this stack's to remove. */
  readonly foreign?: boolean;
  /** Whether it takes the place of what is live. */
  readonly replaces?: boolean;
}

/** A resource of a stack. Times are ms since 1970. */
export interface ResourceRow {
  readonly stackId: string;
  readonly logicalId: string;
  readonly type: string;
  readonly status: ResourceStatus;
  readonly reason?: string;
  readonly at: number;
  /** Shown though nothing is live: of what was deleted, or retained. */
  readonly physicalId?: string;
  readonly live?: Live;
  readonly step?: Step;
  /** While a stack is updated: what was live before. Null: nothing was. Undefined: nothing was changed yet. */
  readonly before?: Live | null;
  /** What is removed once the operation has come so far. */
  readonly doomed?: readonly Live[];
  readonly drift?: { readonly status: StackResourceDriftStatus; readonly at: number };
}

/** What an operation does now. */
export type Phase =
  /** Makes and changes resources. */
  | 'apply'
  /** Undoes what a failed update has changed. */
  | 'revert'
  /** Removes what an update has left over. */
  | 'cleanup'
  /** Removes everything. */
  | 'remove';

/** An operation that is under way on a stack: while there is a row, there is work. */
export interface OperationRow {
  readonly id: string;
  readonly stackId: string;
  readonly type: OperationType;
  readonly phase: Phase;
  /** In whose name the resources are made. */
  readonly principal: Principal;
  /** What the trail has as the cause. */
  readonly cause: string;
  readonly clientToken?: string;
  /** What becomes of a stack whose creation fails; an update is rolled back unless it is `DO_NOTHING`. */
  readonly onFailure: 'ROLLBACK' | 'DELETE' | 'DO_NOTHING';
  /** Logical ids that a deletion leaves alone. */
  readonly retain: readonly string[];
  /** Logical ids that a rollback leaves alone. */
  readonly skip: readonly string[];
  readonly retainExceptOnCreate?: boolean;
  /** ms since 1970, after which it has failed. */
  readonly deadline?: number;
  /** Somebody does not want the update any more. */
  readonly cancelled?: boolean;
  /** Why it is not to go on: a resource has failed, or it is not wanted any more. */
  readonly failing?: string;
  /** Policy text in place of the stack's own, for this update alone. */
  readonly policy?: string;
}

export interface EventRow {
  readonly id: string;
  readonly operation: string;
  readonly logicalId: string;
  readonly physicalId?: string;
  readonly type: string;
  /** ms since 1970 */
  readonly at: number;
  readonly status: ResourceStatus | StackStatus;
  readonly reason?: string;
  /** JSON */
  readonly properties?: string;
  readonly clientToken?: string;
}

/** What a look at a stack's resources has shown. */
export interface DriftRow {
  readonly id: string;
  readonly stackId: string;
  /** ms since 1970 */
  readonly at: number;
  readonly status: StackDriftStatus;
  readonly drifted: number;
  /** JSON of the SDK's `StackResourceDrift` shapes. */
  readonly resources: readonly string[];
}

/** A change set. Times are ms since 1970. */
export interface ChangeSetRow {
  /** The ARN. */
  readonly id: string;
  readonly name: string;
  readonly stackId: string;
  readonly stackName: string;
  readonly type: 'CREATE' | 'UPDATE';
  readonly created: number;
  readonly status: ChangeSetStatus;
  readonly execution: ExecutionStatus;
  readonly reason?: string;
  readonly description?: string;
  readonly goal: Goal;
  /** JSON of the SDK's `Change` shapes. */
  readonly changes: readonly string[];
  readonly onStackFailure?: 'ROLLBACK' | 'DELETE' | 'DO_NOTHING';
  readonly includeNested: boolean;
  readonly token?: string;
}

export const stackArn = ({ region, account }: Scope, name: string, unique: string): string =>
  `arn:aws:cloudformation:${region}:${account}:stack/${name}/${unique}`;

export const changeSetArn = ({ region, account }: Scope, name: string, unique: string): string =>
  `arn:aws:cloudformation:${region}:${account}:changeSet/${name}/${unique}`;

/** Neither part has a blank in it. */
export const resourceKey = (stackId: string, logicalId: string): string => `${stackId} ${logicalId}`;
