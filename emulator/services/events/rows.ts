import type { RuleState } from '@aws-sdk/client-eventbridge';

export type Tags = Readonly<Record<string, string>>;

/** An event bus as it is kept. */
export interface BusRow {
  readonly name: string;
  /** ms since 1970 */
  readonly created: number;
  readonly modified: number;
  readonly description?: string;
  /** The policy's text, where there is one. */
  readonly policy?: string;
  readonly kmsKey?: string;
  readonly deadLetters?: string;
  readonly logConfig?: { readonly level: string; readonly includeDetail: string };
  readonly tags: Tags;
}

/** A rule as it is kept. */
export interface RuleRow {
  readonly bus: string;
  readonly name: string;
  /** ms since 1970: what the rate of a schedule counts from. */
  readonly created: number;
  readonly pattern?: string;
  readonly schedule?: string;
  readonly state: RuleState;
  readonly description?: string;
  readonly role?: string;
  readonly tags: Tags;
  readonly targets: readonly TargetRow[];
}

/** A target of a rule. At most one of input, path and transformer is there. */
export interface TargetRow {
  readonly id: string;
  readonly arn: string;
  readonly role?: string;
  readonly input?: string;
  readonly inputPath?: string;
  readonly transformer?: { readonly paths: Readonly<Record<string, string>>; readonly template: string };
  readonly deadLetters?: string;
  readonly mostRetries?: number;
  readonly mostAgeSeconds?: number;
  readonly groupId?: string;
  readonly partitionKeyPath?: string;
}

/** Something on its way to a target: kept until it arrived or was given up. */
export interface DeliveryRow {
  readonly id: string;
  /** What the target gets. */
  readonly body: string;
  readonly ruleArn: string;
  readonly targetArn: string;
  readonly role?: string;
  readonly groupId?: string;
  readonly partitionKey?: string;
  /** For another bus: over how many buses the event has come. */
  readonly hops: number;
  readonly deadLetters?: string;
  readonly mostRetries: number;
  readonly mostAgeMs: number;
  /** ms since 1970 */
  readonly acceptedAt: number;
  readonly dueAt: number;
  /** Attempts that failed. */
  readonly failures: number;
  readonly cause?: string;
}

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html: 24 hours and 185 times. */
export const MOST_RETRIES = 185;
export const MOST_AGE_SECONDS = 86_400;
