import type { Scope } from '../../service/call.ts';

/** The group that every account has. */
export const DEFAULT_GROUP = 'default';

/** A group of schedules as it is kept. */
export interface GroupRow {
  readonly name: string;
  /** ms since 1970 */
  readonly created: number;
  readonly modified: number;
  readonly tags: Readonly<Record<string, string>>;
  readonly token?: string;
}

/** A schedule as it is kept. Times are ms since 1970. */
export interface ScheduleRow {
  readonly group: string;
  readonly name: string;
  readonly created: number;
  readonly modified: number;
  readonly expression: string;
  readonly zone: string;
  /** What a rate counts from, where no start is given: when the expression was set. */
  readonly anchor: number;
  readonly start?: number;
  readonly end?: number;
  readonly description?: string;
  readonly enabled: boolean;
  readonly kmsKey?: string;
  /** Undefined: at the very time. */
  readonly windowMinutes?: number;
  readonly deleteAfterwards: boolean;
  readonly target: TargetRow;
  /** Of the request that made it, so that the same one again makes no other. */
  readonly token?: string;
}

export interface TargetRow {
  readonly arn: string;
  readonly role: string;
  readonly input?: string;
  readonly deadLetters?: string;
  readonly mostRetries: number;
  readonly mostAgeSeconds: number;
  readonly groupId?: string;
  readonly partitionKey?: string;
  /** For a bus. */
  readonly event?: { readonly detailType: string; readonly source: string };
}

/** An invocation on its way to a target. Times are ms since 1970. */
export interface InvocationRow {
  /** The execution id. */
  readonly id: string;
  readonly scheduleArn: string;
  readonly group: string;
  readonly scheduledAt: number;
  readonly target: TargetRow;
  readonly mostRetries: number;
  readonly mostAgeMs: number;
  readonly acceptedAt: number;
  readonly dueAt: number;
  readonly failures: number;
  readonly cause?: string;
}

export function scheduleArn(
  { region, account }: Scope,
  { group, name }: { group: string; name: string },
): string {
  return `arn:aws:scheduler:${region}:${account}:schedule/${group}/${name}`;
}

export function groupArn({ region, account }: Scope, name: string): string {
  return `arn:aws:scheduler:${region}:${account}:schedule-group/${name}`;
}

/** Neither name may hold a slash. */
export function keyOf(group: string, name: string): string {
  return `${group}/${name}`;
}
