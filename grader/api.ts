import type { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { IAMClient } from '@aws-sdk/client-iam';
import type { KinesisClient } from '@aws-sdk/client-kinesis';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { S3Client } from '@aws-sdk/client-s3';
import type { SchedulerClient } from '@aws-sdk/client-scheduler';
import type { SNSClient } from '@aws-sdk/client-sns';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { STSClient } from '@aws-sdk/client-sts';
import type { Capability } from './capabilities.ts';

export type { Capability };

/** The languages that every sentence exists in. */
export type Language = 'en' | 'ko';
/** Where a lab can be graded. */
export type TargetName = 'embedded' | 'localstack' | 'aws';

/** Something the grader saw: the log line, the policy, the API call that a finding rests on. */
export interface Evidence {
  /** What this is, in the student's language: `log line`, `GetFunctionConfiguration`. */
  readonly label: string;
  /** Shown whole, with invisible characters marked by the reporter. */
  readonly value: string;
}

/** What a check says when the work is not right yet. Sentences are in the student's language already. */
export interface Finding {
  /** What was seen and why it matters: one or two sentences. Begins with what was seen. */
  readonly why: string;
  readonly expected?: string;
  readonly actual?: string;
  readonly evidence?: readonly Evidence[];
  /** One next step. */
  readonly next: string;
}

/** The SDK clients of a target, already pointed at it. One a service, made at first use. */
export interface Clients {
  readonly lambda: LambdaClient;
  readonly logs: CloudWatchLogsClient;
  readonly iam: IAMClient;
  readonly sts: STSClient;
  readonly s3: S3Client;
  readonly sqs: SQSClient;
  readonly sns: SNSClient;
  readonly dynamodb: DynamoDBClient;
  readonly kinesis: KinesisClient;
  readonly events: EventBridgeClient;
  readonly scheduler: SchedulerClient;
  readonly cloudwatch: CloudWatchClient;
  readonly apigateway: APIGatewayClient;
  readonly cloudformation: CloudFormationClient;
}

/** What a check works with. */
export interface CheckContext<Text> {
  readonly clients: Clients;
  readonly target: TargetName;
  readonly region: string;
  /** The student's account id on the target. */
  readonly account: string;
  /** The lab's sentences in the language of this run. */
  readonly text: Text;
  /** A resource's real name: the manifest's name after `LAB_PREFIX`. */
  name(resource: string): string;
  /** A text that no student can know beforehand; the same seed gives the same texts in the same order for a check. */
  nonce(label?: string): string;
  /** A whole number in [min, max] from the seed. */
  integer(min: number, max: number): number;
  /** Absolute path of the folder being graded. */
  readonly submission: string;
  /** Ends the check as failed. */
  fail(finding: Finding): never;
  /** Ends a look at the configuration that rests on these behaviours itself: nothing can be said. */
  unseen(...missing: readonly Capability[]): never;
  /** A matcher failure becomes `expected` and `actual` of a finding whose sentences are given. */
  expect<T>(actual: T, finding: Omit<Finding, 'expected' | 'actual'>): Expectation;
  /** Polls `look` until it answers something other than undefined, or the target's deadline for `what` passes: then undefined. Never a fixed sleep. */
  until<T>(what: Deadline, look: () => Promise<T | undefined>): Promise<T | undefined>;
  /**
   * Lets time pass that a behaviour needs by its nature: a visibility timeout, a schedule, an alarm's period. The
   * embedded cloud's clock is moved forward; elsewhere nothing happens, and the deadline of the `until` that follows
   * covers it. Call it only where nothing that the check started is still under way.
   * @param when `alone`: not before the other checks that run have ended, whose requests would run out of time
   */
  pass(seconds: number, when?: 'alone'): Promise<void>;
  /** Keeps evidence that is shown when the check fails later, and in the result when it passes. */
  note(evidence: Evidence): void;
  /** What another check that this one needs has returned from `run`. */
  from<T>(checkId: string): T;
  /** Calls a function by the SDK with `LogType: Tail` and parses what comes back. */
  invoke(functionName: string, payload: unknown): Promise<Invoked>;
  /** Where a stage of a REST API answers on this target, without a slash at its end. */
  apiUrl(apiId: string, stage: string): string;
  /** Sends one HTTP request, unsigned. Every status is an answer; rejects where nobody answers in time. */
  http(url: string, request?: HttpRequest): Promise<HttpAnswer>;
  /**
   * Bundles a module of the submission and calls it in a process of its own (never in the grader's).
   * @param folder where the path begins, if not at the submission: a deployed package that the check has unpacked
   */
  module(path: string, folder?: string): Promise<StudentModule>;
  /** Whether the target shows a behaviour, found by trying it once for a grading run; see `grader/probes`. */
  can(capability: Capability): Promise<boolean>;
}

/** Kinds of waiting; each target decides how long (facts §9.2, rule 3). */
export type Deadline =
  | 'functionActive'
  | 'logs'
  | 'effect'
  | 'deployment'
  | 'apiKey'
  | 'metrics'
  | 'asyncRetries'
  /** A message that keeps failing arrives in its dead-letter queue: some visibility timeouts. */
  | 'redrive'
  /** A schedule of a few minutes ticks. */
  | 'schedule'
  /** CloudFormation makes, changes or removes a stack of some ten resources. */
  | 'stack';

export interface Invoked {
  readonly status: number;
  readonly functionError: string | undefined;
  /** The parsed payload, or undefined where it is empty or not JSON. */
  readonly payload: unknown;
  readonly rawPayload: string;
  readonly requestId: string;
  readonly executedVersion: string | undefined;
  readonly logTail: string;
  /**
   * Attempts before this answer of which nobody knows the end: the SDK tries again after a 5xx and where a connection
   * breaks, and Lambda may have run the function all the same. What counts calls counts these as well.
   */
  readonly lost: number;
}

export interface HttpRequest {
  /** GET if left out. */
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

export interface HttpAnswer {
  readonly status: number;
  /** A header by its name in any case, several values joined by commas. */
  header(name: string): string | undefined;
  /** Every value of a header, in the order they came. */
  headerValues(name: string): readonly string[];
  readonly bytes: Uint8Array;
  /** The body as UTF-8. */
  readonly text: string;
  /** The parsed body, or undefined where it is not JSON. */
  readonly json: unknown;
  /** What was sent and what came back. */
  readonly evidence: readonly Evidence[];
}

export interface StudentModule {
  /** Every package and file that the module imports, itself and through its own files. */
  readonly imports: readonly string[];
  readonly exports: readonly string[];
  /** How many parameters an exported function declares. */
  parameters(exportName: string): Promise<number | undefined>;
  /** Calls an export in the separate process; rejects with the student's error. */
  call(exportName: string, ...args: readonly unknown[]): Promise<unknown>;
}

/** The matchers of `@vitest/expect` that checks use; each failure carries expected and actual. */
export interface Expectation {
  toBe(expected: unknown): void;
  toEqual(expected: unknown): void;
  toMatch(expected: RegExp | string): void;
  toContain(expected: unknown): void;
  toBeOneOf(expected: readonly unknown[]): void;
  toBeLessThanOrEqual(expected: number): void;
  toBeGreaterThanOrEqual(expected: number): void;
  toBeDefined(): void;
  toMatchObject(expected: object): void;
}

/** One thing that is looked at, worth whole points. */
export interface Check<Text> {
  /** Unique in the lab, in kebab case; stable for ever: results and class reports refer to it. */
  readonly id: string;
  readonly title: (text: Text) => string;
  readonly points: number;
  /** Ids of checks that must pass first; otherwise this one is skipped and names the cause. */
  readonly needs?: readonly string[];
  /** Targets on which this check's behaviour was verified by us. */
  readonly verifiedOn: readonly TargetName[];
  /** Behaviours of the target that the check rests on. Where one is missing, `configuration` runs and the status is `unverified`. */
  readonly requires?: readonly Capability[];
  /**
   * Behaviours without which the check can only fail: whoever passes has seen them. The target is asked for them when
   * the check fails, and where one is missing it is as if it had been required.
   */
  readonly failsWithout?: readonly Capability[];
  /** Seconds that `run` may take altogether, where the target's own budget is too short for it. */
  readonly budgetSeconds?: number;
  /** Three hints, from a nudge to nearly the answer. */
  readonly hints: (text: Text) => readonly [string, string, string];
  run(context: CheckContext<Text>): Promise<unknown>;
  /**
   * What can still be checked on a target that lacks a required behaviour. What it returns is there for the checks
   * that need this one, as what `run` returns; where it returns nothing, those that read it are unverified, too.
   */
  configuration?(context: CheckContext<Text>): Promise<unknown>;
}

/** A lab: typed data and small functions. */
export interface Lab<Text> {
  readonly number: number;
  readonly slug: string;
  readonly title: (text: Text) => string;
  readonly goal: (text: Text) => string;
  /** AWS services that the lab touches, as shown to the student. */
  readonly services: readonly string[];
  readonly minutes: readonly [number, number];
  /** What it costs on a real account. */
  readonly cost: (text: Text) => string;
  /** Every name that the lab may make on a target, before `LAB_PREFIX`: nothing else is ever changed or deleted. */
  readonly resources: LabResources;
  readonly text: { readonly en: Text; readonly ko: Text };
  readonly checks: readonly Check<Text>[];
  /** What `npm run measure` does for this lab, if there is something to measure. */
  measure?(context: MeasureContext<Text>): Promise<Measured>;
}

/** What a lab's measurement works with. */
export interface MeasureContext<Text> extends Pick<
  CheckContext<Text>,
  'clients' | 'target' | 'text' | 'name' | 'fail' | 'until' | 'invoke'
> {
  /** Tells how many of how many calls are done. */
  progress(done: number, of: number): void;
}

/** A function's calls as Lambda's own REPORT lines tell of them, in the order they were made. */
export interface Measured {
  readonly functionName: string;
  readonly runtime: string;
  readonly memoryMB: number;
  /** Where the REPORT lines are kept. */
  readonly logGroup: string;
  readonly calls: readonly MeasuredCall[];
}
/** One REPORT line; times in ms. */
export interface MeasuredCall {
  readonly requestId: string;
  /** Present on a call that was cold. */
  readonly initMs?: number;
  readonly durationMs: number;
  readonly billedMs: number;
}
export type LabResources = { readonly [Kind in ResourceKind]?: readonly string[] };
/** What a lab can make on a target: each kind knows how it is found and removed (`cli/target/removal`). */
export type ResourceKind =
  | 'functions'
  | 'roles'
  | 'logGroups'
  | 'buckets'
  | 'queues'
  | 'topics'
  | 'tables'
  | 'streams'
  /** Rules of the default event bus. */
  | 'rules'
  /** Schedules of EventBridge Scheduler's default group. */
  | 'schedules'
  | 'alarms'
  /** REST APIs of API Gateway: every one that has the name. */
  | 'restApis'
  /** API keys and usage plans: every one that has the name. */
  | 'apiKeys'
  | 'usagePlans'
  /** Stacks of CloudFormation, with all that they have made. */
  | 'stacks';

/** What a check works with, before the lab's sentences are added. */
export type CheckTools = Omit<CheckContext<unknown>, 'text'>;
/** What a measurement works with, before the lab's sentences are added. */
export type MeasureTools = Omit<MeasureContext<unknown>, 'text'>;

/** A check whose sentences are in one language already. */
export interface SpokenCheck {
  readonly id: string;
  readonly title: string;
  readonly points: number;
  readonly needs: readonly string[];
  readonly verifiedOn: readonly TargetName[];
  readonly requires: readonly Capability[];
  readonly failsWithout: readonly Capability[];
  readonly budgetSeconds: number | undefined;
  readonly hints: readonly [string, string, string];
  run(tools: CheckTools): Promise<unknown>;
  readonly configuration: ((tools: CheckTools) => Promise<unknown>) | undefined;
}

/** A lab in one language: all that is shown of it, and its checks. */
export interface SpokenLab {
  readonly title: string;
  readonly goal: string;
  readonly cost: string;
  readonly checks: readonly SpokenCheck[];
  readonly measure: ((tools: MeasureTools) => Promise<Measured>) | undefined;
}

/** A lab whose own text type nobody needs to know: what lists of labs hold. */
export interface AnyLab extends Pick<Lab<unknown>, 'number' | 'slug' | 'services' | 'minutes' | 'resources'> {
  in(language: Language): SpokenLab;
}

/** Keeps the lab's text type while its parts are checked against it, and lets it be read without that type. */
export function defineLab<Text>(lab: Lab<Text>): Lab<Text> & AnyLab {
  return {
    ...lab,
    in(language) {
      const text = lab.text[language];
      const measure = lab.measure?.bind(lab);
      return {
        title: lab.title(text),
        goal: lab.goal(text),
        cost: lab.cost(text),
        checks: lab.checks.map((check) => speak(check, text)),
        measure: measure && ((tools) => measure({ ...tools, text })),
      };
    },
  };
}

function speak<Text>(check: Check<Text>, text: Text): SpokenCheck {
  const configuration = check.configuration?.bind(check);
  return {
    id: check.id,
    title: check.title(text),
    points: check.points,
    needs: check.needs ?? [],
    verifiedOn: check.verifiedOn,
    requires: check.requires ?? [],
    failsWithout: check.failsWithout ?? [],
    budgetSeconds: check.budgetSeconds,
    hints: check.hints(text),
    run: (tools) => check.run({ ...tools, text }),
    configuration: configuration && ((tools) => configuration({ ...tools, text })),
  };
}
