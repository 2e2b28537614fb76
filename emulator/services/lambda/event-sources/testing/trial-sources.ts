import type { Call } from '../../../../service/call.ts';
import type { RunningService } from '../../../../service/service.ts';
import type { InputOf, OutputOf } from '../../../../service/operations.ts';
import type { Outcome } from '../../execution/execution.ts';
import { failure } from '../../testing/fake-execution.ts';
import { account, region, scope, SmallCloud } from '../../testing/small-cloud.ts';
import dynamodb from '../../../dynamodb/service.ts';
import type { Dynamodb } from '../../../dynamodb/client.ts';
import kinesis from '../../../kinesis/service.ts';
import type { Kinesis } from '../../../kinesis/client.ts';
import sqs from '../../../sqs/service.ts';
import type { Sqs } from '../../../sqs/client.ts';
import type { SqsPort } from '../../../sqs/port.ts';
import type { LambdaClientModule } from '../../context.ts';

export const queueArn = (name: string): string => `arn:aws:sqs:${region}:${account}:${name}`;

/** An event as functions get it. */
export interface GivenEvent {
  readonly Records: readonly Record<string, unknown>[];
  readonly [member: string]: unknown;
}

/** Lambda with the queues, tables and streams of real services, a clock that tests move, and functions that tests answer for. */
export class TrialSources {
  readonly small = new SmallCloud();
  #sqs: RunningService<Sqs, SqsPort>;
  #dynamodb;
  #kinesis;

  constructor() {
    this.small.allowed = () => true;
    [this.#sqs, this.#dynamodb, this.#kinesis] = this.#make();
  }

  #make() {
    const { cloud, ports } = this.small;
    const made = [sqs.create(cloud), dynamodb.create(cloud), kinesis.create(cloud)] as const;
    [ports.sqs, ports.dynamodb, ports.kinesis] = made.map(({ port }) => port);
    return made;
  }

  /** Ends all services and makes them again on the same state. */
  async restart(): Promise<void> {
    await this.small.service.stop?.();
    await Promise.all([this.#sqs.stop?.(), this.#dynamodb.stop?.(), this.#kinesis.stop?.()]);
    [this.#sqs, this.#dynamodb, this.#kinesis] = this.#make();
    await this.small.restart();
  }

  async end(): Promise<void> {
    await this.small.service.stop?.();
    await Promise.all([this.#sqs.stop?.(), this.#dynamodb.stop?.(), this.#kinesis.stop?.()]);
    await this.small.end();
  }

  get port(): SqsPort {
    return this.#sqs.port;
  }

  sqs<Name extends keyof RunningService<Sqs, unknown>['operations']>(
    operation: Name,
    input: InputOf<Sqs, Name>,
  ): Promise<OutputOf<Sqs, Name>> {
    return this.#run(this.#sqs.operations[operation], input, operation);
  }

  dynamodb<Name extends keyof RunningService<Dynamodb, unknown>['operations']>(
    operation: Name,
    input: InputOf<Dynamodb, Name>,
  ): Promise<OutputOf<Dynamodb, Name>> {
    return this.#run(this.#dynamodb.operations[operation], input, operation);
  }

  kinesis<Name extends keyof RunningService<Kinesis, unknown>['operations']>(
    operation: Name,
    input: InputOf<Kinesis, Name>,
  ): Promise<OutputOf<Kinesis, Name>> {
    return this.#run(this.#kinesis.operations[operation], input, operation);
  }

  /** Makes a queue; answers its ARN. */
  async queue(name: string, Attributes: Record<string, string> = {}): Promise<string> {
    await this.sqs('CreateQueue', { QueueName: name, Attributes });
    return queueArn(name);
  }

  /** Sends messages as another service does. */
  send(queue: string, ...bodies: string[]): void {
    for (const body of bodies) this.port.send(scope, queueArn(queue), { body });
  }

  /** Makes a mapping and lets it become enabled; answers its UUID. */
  async map(input: InputOf<LambdaClientModule, 'CreateEventSourceMapping'>): Promise<string> {
    const { UUID = '' } = await this.small.call('CreateEventSourceMapping', input);
    await this.pass(1000);
    return UUID;
  }

  /** Moves the clock, and lets what that started come to a rest. */
  async pass(ms: number): Promise<void> {
    await this.small.clock.advance(ms);
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  }

  /** Every event that functions got, in order. */
  get events(): GivenEvent[] {
    return this.small.execution.ran.map(
      ({ invocation }) => JSON.parse(Buffer.from(invocation.payload).toString()) as GivenEvent,
    );
  }

  /** What functions answer to an event: a value, or `fail`. */
  answer(with_: (event: GivenEvent) => unknown): void {
    this.small.execution.answer = async (_version, { payload }): Promise<Partial<Outcome>> => {
      const answered = await with_(JSON.parse(Buffer.from(payload).toString()) as GivenEvent);
      if (answered === fail) return failure;
      return { payload: Buffer.from(JSON.stringify(answered ?? null)) };
    };
  }

  async #run<Input, Output>(
    operation: ((input: Input, call: Call) => Output | Promise<Output>) | undefined,
    input: Input,
    name: string,
  ): Promise<Output> {
    if (operation === undefined) throw new Error(`${name} is not there`);
    return await operation(input, {
      ...scope,
      requestId: 'r',
      principal: { kind: 'root', account, arn: `arn:aws:iam::${account}:root`, accessKeyId: account },
      service: 'trial',
      operation: name,
      signal: new AbortController().signal,
      trail: this.small.cloud.trail.record(scope, 'api.call', {
        service: 'trial',
        operation: name,
        requestId: 'r',
        principal: 'root',
      }),
      origin: 'http://127.0.0.1:4566',
    });
  }
}

/** What {@link TrialSources.answer} takes for a function that throws. */
export const fail = Symbol('fail');
