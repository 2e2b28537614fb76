import { ServiceFailure } from '../../emulator/service/failure.ts';
import type { WireAnswer } from '../../emulator/wire/wire.ts';
import type { Call, ServiceId } from './call.ts';
import { drawn, fingerprint, Times } from './faults.ts';
import { isRead, subjectsOf } from './subjects.ts';

interface Write {
  readonly at: number;
  /** Until when reads may not know of it. */
  readonly until: number;
  /** Names that this write made: before it there was nothing. */
  readonly made: readonly string[];
}

interface Kept {
  readonly at: number;
  readonly answer: WireAnswer;
}

/** How a read that comes too soon is answered. */
export type Stale =
  | { readonly kind: 'before'; readonly answer: WireAnswer }
  | { readonly kind: 'absent'; readonly failure: ServiceFailure }
  /** As it is now, without what was made since. */
  | { readonly kind: 'without'; readonly names: readonly string[] };

/** Reads of data that AWS promises to be as it was written. */
const consistent =
  /^(GetObject|HeadObject|ListObjects|ListObjectsV2|ListObjectVersions|GetItem|BatchGetItem|Query|Scan|ReceiveMessage|GetCallerIdentity|GetFunctionConcurrency|GetLogEvents|FilterLogEvents|GetQueryResults|StartQuery|StopQuery|GetMetric\w*|GetRecords|GetShardIterator|Test\w+)$/;
/** Writes of data: they change no resource that is described. */
const dataWrite =
  /^(PutObject|DeleteObjects?|PutItem|UpdateItem|DeleteItem|BatchWriteItem|TransactWriteItems|SendMessage|SendMessageBatch|ReceiveMessage|DeleteMessage|DeleteMessageBatch|ChangeMessageVisibility|PutEvents|Publish|Invoke|PutLogEvents|PutMetricData|PutRecords?)$/;
/** What is waited for by its own state, which {@link Settling} plays: not by being there or not. */
const ownState =
  /^(GetFunction|GetFunctionConfiguration|DescribeChangeSet|DescribeStacks|DescribeStackEvents|DescribeTable|GetEventSourceMapping)$/;

/** Reads that lag behind writes: for a while a description, a list or a policy is told as it was before. */
export class Lag {
  readonly #seed: string;
  readonly #longestMs: number;
  readonly #now: () => number;
  readonly #writes = new Map<string, Write>();
  readonly #answers = new Map<string, Kept>();
  readonly #alive = new Set<string>();
  readonly #times = new Times();

  /** @param longestMs how long a read may lag at most */
  constructor(seed: string, longestMs: number, now: () => number) {
    this.#seed = seed;
    this.#longestMs = longestMs;
    this.#now = now;
  }

  /** Takes note of a change that the cloud has carried out. */
  wrote(call: Call): void {
    if (isRead(call) || dataWrite.test(call.operation)) return;
    const now = this.#now();
    const which = fingerprint(call);
    const lag = drawn(this.#seed, 'lag', which, this.#times.of(which)) * this.#longestMs;
    const names = subjectsOf(call);
    const creates = /^Create/.test(call.operation) && isMain(call);
    const made = creates ? names.filter((name) => !this.#alive.has(keyOf(call, name))) : [];
    const write = { at: now, until: now + lag, made };
    for (const name of names) {
      const key = keyOf(call, name);
      if (creates) this.#alive.add(key);
      if (/^Delete/.test(call.operation) && isMain(call)) this.#alive.delete(key);
      // What was made a moment ago is not there yet for a reader, whatever has been done to it since.
      const earlier = this.#writes.get(key);
      const young = earlier !== undefined && earlier.until > now ? earlier.made : [];
      this.#writes.set(key, { ...write, made: [...made, ...young] });
    }
    this.#writes.set(keyOf(call, '*'), write);
  }

  /** What a read is told instead of the truth, if it comes too soon after a write. */
  stale(call: Call): Stale | undefined {
    if (!isRead(call) || consistent.test(call.operation)) return undefined;
    const names = subjectsOf(call);
    const now = this.#now();
    for (const name of names.length === 0 ? ['*'] : names) {
      const write = this.#writes.get(keyOf(call, name));
      if (write === undefined || write.until <= now) continue;
      if (write.made.includes(name))
        return { kind: 'absent', failure: absence(call.service, call.operation) };
      const kept = this.#answers.get(fingerprint(call));
      if (kept !== undefined && kept.at < write.at && !ownState.test(call.operation))
        return { kind: 'before', answer: kept.answer };
      if (name === '*' && write.made.length > 0) return { kind: 'without', names: write.made };
    }
    return undefined;
  }

  /** Keeps what a read was truly answered. */
  read(call: Call, answer: WireAnswer): void {
    if (isRead(call) && !consistent.test(call.operation))
      this.#answers.set(fingerprint(call), { at: this.#now(), answer });
  }
}

/** Whether an operation makes or removes the thing itself, rather than something in it. */
const isMain = ({ operation }: Call): boolean =>
  /^(?:Create|Delete)(Function|Role|LogGroup|Bucket|Queue|Topic|Table|Stream|Rule|Schedule|RestApi|ApiKey|UsagePlan)$/.test(
    operation,
  );

const keyOf = ({ account, service }: Call, name: string): string => `${account} ${service} ${name}`;

/** How each service says that there is no such thing. */
function absence(service: ServiceId, operation: string): ServiceFailure {
  switch (service) {
    case 'iam':
      return new ServiceFailure('NoSuchEntityException', 'The role cannot be found.');
    case 'apigateway':
      return new ServiceFailure('NotFoundException', 'Invalid API identifier specified');
    case 'sqs':
      return new ServiceFailure('QueueDoesNotExist', 'The specified queue does not exist.');
    case 's3':
      return operation === 'HeadBucket'
        ? new ServiceFailure('NotFound', 'Not Found', { status: 404 })
        : new ServiceFailure('NoSuchBucket', 'The specified bucket does not exist', { status: 404 });
    case 'sns':
      return new ServiceFailure('NotFoundException', 'Topic does not exist');
    case 'cloudformation':
      return new ServiceFailure('ValidationError', 'Stack does not exist', { status: 400 });
    default:
      return new ServiceFailure('ResourceNotFoundException', 'The specified resource does not exist.');
  }
}
