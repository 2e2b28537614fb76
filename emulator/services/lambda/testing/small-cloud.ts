import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClock } from '../../../clock/moved-clock.ts';
import type { OwnedClock } from '../../../clock/moved-clock.ts';
import type { Cloud } from '../../../cloud.ts';
import { createIdentity } from '../../../identity/sealed-identity.ts';
import type { Call } from '../../../service/call.ts';
import { ServiceFailure } from '../../../service/failure.ts';
import type { InputOf, OutputOf } from '../../../service/operations.ts';
import type { RunningService } from '../../../service/service.ts';
import { openBlobs } from '../../../state/blob-files.ts';
import { openState } from '../../../state/open-state.ts';
import { createTrail } from '../../../trail/ring-trail.ts';
import type { IamPort } from '../../iam/port.ts';
import type { Ports } from '../../registry.ts';
import type { S3Port } from '../../s3/port.ts';
import type { LambdaClientModule } from '../context.ts';
import { createLambda } from '../lambda.ts';
import type { LambdaPort } from '../port.ts';
import { smallPackage } from './archive.ts';
import { fakeExecution } from './fake-execution.ts';
import type { FakeExecution } from './fake-execution.ts';

type Client = LambdaClientModule;
type Operation = keyof RunningService<Client, LambdaPort>['operations'];

export const account = '111111111111';
export const region = 'us-east-1';
export const scope = { account, region };
export const roleArn = `arn:aws:iam::${account}:role/lambda-role`;

/** Lambda on real state, blobs, clock and trail; IAM, S3 and execution are stand-ins. */
export class SmallCloud {
  readonly home = mkdtempSync(join(tmpdir(), 'coldstart-lambda-'));
  readonly execution: FakeExecution = fakeExecution();
  /** Why the execution cannot be made at the moment, if it cannot. */
  executionFails: Error | undefined;
  /** Bucket and key → bytes. */
  readonly objects = new Map<string, Uint8Array>();
  /** What the execution role allows. */
  allowed: (action: string, resource: string | undefined) => boolean = () => false;
  /** Stand-ins for other services. */
  readonly ports: Partial<Record<keyof Ports, unknown>> = {};
  readonly cloud: Cloud;
  readonly clock: OwnedClock;
  readonly #state;
  #lambda: RunningService<Client, LambdaPort>;

  constructor(start = Date.parse('2026-11-23T08:42:00Z')) {
    // The host's time stands still: tests move it.
    this.clock = createClock({ hostTime: () => start });
    this.#state = openState({ home: this.home });
    this.cloud = this.#makeCloud();
    this.#lambda = createLambda(this.cloud, () => this.#makeExecution());
  }

  get port(): LambdaPort {
    return this.#lambda.port;
  }

  get service(): RunningService<Client, LambdaPort> {
    return this.#lambda;
  }

  /** Calls an operation as the account's root, or as a call with other properties. */
  async call<Name extends Operation>(
    operation: Name,
    input: InputOf<Client, Name>,
    properties: Partial<Call> = {},
  ): Promise<OutputOf<Client, Name>> {
    const run = this.#lambda.operations[operation] as
      ((input: InputOf<Client, Name>, call: Call) => Promise<OutputOf<Client, Name>>) | undefined;
    if (run === undefined) throw new Error(`${operation} is not there`);
    return run(input, this.#callOf(operation, properties));
  }

  /** What an operation refuses: code and text. */
  async refusal<Name extends Operation>(
    operation: Name,
    input: InputOf<Client, Name>,
    properties: Partial<Call> = {},
  ): Promise<{ code: string; message: string; status: number | undefined; members: object }> {
    try {
      await this.call(operation, input, properties);
    } catch (error) {
      if (!(error instanceof ServiceFailure)) throw error;
      const { code, message, status, members } = error;
      return { code, message, status, members };
    }
    throw new Error(`${operation} was not refused`);
  }

  /** Makes a function that is ready to run. */
  async ready(name: string, more: Partial<InputOf<Client, 'CreateFunction'>> = {}): Promise<void> {
    await this.call('CreateFunction', { ...newFunction(name), ...more });
    await this.clock.advance(1000);
  }

  /** Ends the service and makes it again on the same state, as a restart does. */
  async restart(): Promise<void> {
    await this.#lambda.stop?.();
    this.#lambda = createLambda(this.cloud, () => this.#makeExecution());
  }

  async end(): Promise<void> {
    await this.#lambda.stop?.();
    this.clock.stop();
    this.#state.close();
    rmSync(this.home, { recursive: true, force: true });
  }

  #callOf(operation: string, properties: Partial<Call>): Call {
    const trail = this.cloud.trail.record(scope, 'api.call', {
      service: 'lambda',
      operation,
      requestId: 'r',
      principal: 'root',
    });
    return {
      ...scope,
      requestId: randomUUID(),
      principal: { kind: 'root', account, arn: `arn:aws:iam::${account}:root`, accessKeyId: account },
      service: 'lambda',
      operation,
      signal: new AbortController().signal,
      trail,
      origin: 'http://127.0.0.1:4566',
      ...properties,
    };
  }

  #makeExecution(): Promise<FakeExecution> {
    return this.executionFails === undefined
      ? Promise.resolve(this.execution)
      : Promise.reject(this.executionFails);
  }

  #makeCloud(): Cloud {
    const now = (): number => this.clock.now();
    const ports = { iam: this.#iam(), s3: this.#s3() };
    return {
      settings: { home: this.home, ephemeral: true, origin: 'http://127.0.0.1:4566', runtimes: this.home },
      clock: this.clock,
      state: this.#state,
      blobs: openBlobs({ home: this.home, durable: false }),
      trail: createTrail({ now }),
      identity: createIdentity({ secret: new Uint8Array(32), now }),
      port: (name) => {
        const port: unknown =
          this.ports[name] ?? (name === 'iam' ? ports.iam : name === 's3' ? ports.s3 : undefined);
        if (port === undefined) throw new Error(`The small cloud has no ${name}`);
        return Promise.resolve(port as never);
      },
      call: () => Promise.reject(new Error('The small cloud has no other services.')),
    };
  }

  #iam(): IamPort {
    const roles = new Map([
      ['lambda-role', true],
      ['other-role', false],
    ]);
    const nameOf = (nameOrArn: string): string => nameOrArn.slice(nameOrArn.lastIndexOf('/') + 1);
    return {
      role: (of, nameOrArn) => {
        const name = nameOf(nameOrArn);
        return roles.has(name)
          ? { name, arn: `arn:aws:iam::${of}:role/${name}`, roleId: 'AROAEXAMPLE', maxSessionSeconds: 3600 }
          : undefined;
      },
      mayAssume: (_of, name, service) => service === 'lambda.amazonaws.com' && roles.get(name) === true,
      roleAllows: (_of, _role, action, resource) => this.allowed(action, resource),
      roleDecision: (_of, _role, action, resource) =>
        this.allowed(action, resource) ? 'allow' : 'implicitDeny',
      trust: () => ({ decision: 'implicitDeny' }),
      session: () => {
        throw new Error('no sessions here');
      },
    };
  }

  #s3(): S3Port {
    return {
      read: (_scope, bucket, key) => {
        const bytes = this.objects.get(`${bucket}/${key}`);
        if (bytes !== undefined) return Promise.resolve({ bytes, etag: '"e"' });
        const known = [...this.objects.keys()].some((name) => name.startsWith(`${bucket}/`));
        throw known
          ? new ServiceFailure('NoSuchKey', 'The specified key does not exist.')
          : new ServiceFailure('NoSuchBucket', 'The specified bucket does not exist');
      },
      write: (_scope, bucket, key, bytes) => {
        this.objects.set(`${bucket}/${key}`, bytes);
        return Promise.resolve({ etag: '"e"' });
      },
    };
  }
}

/** What `CreateFunction` needs at least. */
export const newFunction = (name: string): InputOf<Client, 'CreateFunction'> => ({
  FunctionName: name,
  Runtime: 'nodejs24.x',
  Handler: 'index.handler',
  Role: roleArn,
  Code: { ZipFile: smallPackage },
});
