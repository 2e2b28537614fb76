/* A cloud for execution's own tests: real clock, trail, processes and files; logs and policies that tests look at. */
import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { createClock } from '../../../../clock/moved-clock.ts';
import type { Cloud } from '../../../../cloud.ts';
import type { BlobRef } from '../../../../state/blobs.ts';
import type { TrailId } from '../../../../trail/trail.ts';
import { createTrail } from '../../../../trail/ring-trail.ts';
import type { IamPort } from '../../../iam/port.ts';
import type { LogsPort } from '../../../logs/port.ts';
import { createExecution } from '../create.ts';
import type { Execution, FunctionVersion, Invocation, Outcome } from '../execution.ts';

export const scope = { account: '111111111111', region: 'ap-northeast-2' } as const;

export interface WrittenLine {
  readonly group: string;
  readonly stream: string;
  readonly timestamp: number;
  readonly message: string;
  readonly cause: TrailId | undefined;
}

export interface Bench {
  readonly cloud: Cloud;
  readonly execution: Execution;
  readonly home: string;
  /** Every line that was written, in order. */
  readonly lines: WrittenLine[];
  /** What the role allows; every action where it is undefined. */
  allowed: ((action: string, resource: string | undefined) => boolean) | undefined;
  /** A function version whose package holds these files. Another revision each time. */
  make(files: Record<string, string>, settings?: Partial<FunctionVersion>): FunctionVersion;
  /** `T` is what the handler returns; where nothing is said, the body of an error. */
  invoke<T = ErrorBody>(
    version: FunctionVersion,
    event?: unknown,
    more?: Partial<Invocation>,
  ): Promise<Invoked<T>>;
  stop(): Promise<void>;
}

/** What a function that failed answers with. */
export interface ErrorBody {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace: readonly string[];
}

export interface Invoked<T> extends Outcome {
  readonly requestId: string;
  /** The payload as JSON, or undefined where it is none. */
  readonly value: T;
  /** Lines that its environment wrote during the invocation. */
  readonly log: string[];
  readonly streams: string[];
  readonly tail: string;
}

/** Opens a cloud with nothing in it. */
export function openBench(settings: { home?: string; runtimes?: string } = {}): Bench {
  const home = settings.home ?? mkdtempSync(join(tmpdir(), 'coldstart-execution-'));
  const blobs = new Map<string, Uint8Array>();
  const lines: WrittenLine[] = [];
  const clock = createClock();
  const cloud = {
    settings: {
      home,
      ephemeral: true,
      origin: 'http://127.0.0.1:4566',
      // Where CI has fetched binaries, functions run on the Node.js of their runtime; else on the host's.
      runtimes: settings.runtimes ?? process.env['COLDSTART_TEST_RUNTIMES'] ?? join(home, 'runtimes'),
    },
    clock,
    trail: createTrail({ now: () => clock.now() }),
    blobs: {
      put: (bytes: Uint8Array) => {
        const ref: BlobRef = `blob:${createHash('sha256').update(bytes).digest('hex')}`;
        blobs.set(ref, bytes);
        return Promise.resolve(ref);
      },
      get: (ref: BlobRef) => Promise.resolve(blobs.get(ref) ?? new Uint8Array()),
    },
  } as unknown as Cloud; // State, identity and other services' ports are nothing that execution uses.
  const logs: LogsPort = {
    write: (_scope, group, stream, events, cause) => {
      for (const { timestamp, message } of events) lines.push({ group, stream, timestamp, message, cause });
    },
  };
  const iam = {
    roleAllows: (_account: string, _role: string, action: string, resource: string | undefined) =>
      bench.allowed?.(action, resource) ?? true,
    session: (_scope: unknown, roleName: string, sessionName: string) => ({
      accessKeyId: 'ASIATESTKEY',
      secretAccessKey: 'secret-of-session',
      sessionToken: `token-of-${roleName}-${sessionName}`,
      expiration: Date.now() + 3_600_000,
    }),
  } as unknown as IamPort; // The other members are the control plane's.
  const execution = createExecution(cloud, { logs, iam });
  const bench: Bench = {
    cloud,
    execution,
    home,
    lines,
    allowed: undefined,
    make(files, given = {}) {
      const entries = Object.entries(files).map(([name, text]) => [
        name,
        [strToU8(text), { os: 3, attrs: (text.startsWith('#!') ? 0o100755 : 0o100644) << 16 }],
      ]);
      const bytes = zipSync(Object.fromEntries(entries) as Parameters<typeof zipSync>[0]);
      const code: BlobRef = `blob:${createHash('sha256').update(bytes).digest('hex')}`;
      blobs.set(code, bytes);
      const name = given.name ?? `f${randomUUID().slice(0, 8)}`;
      return {
        scope,
        name,
        version: '$LATEST',
        arn: `arn:aws:lambda:${scope.region}:${scope.account}:function:${name}`,
        revision: randomUUID(),
        code,
        handler: 'index.handler',
        runtime: 'nodejs24.x',
        roleName: 'role',
        memoryMB: 256,
        timeoutSeconds: 10,
        ephemeralStorageMB: 512,
        environment: {},
        logging: { format: 'Text', group: `/aws/lambda/${name}` },
        ...given,
      };
    },
    async invoke<T>(version: FunctionVersion, event: unknown = {}, more: Partial<Invocation> = {}) {
      const requestId = more.requestId ?? randomUUID();
      const from = lines.length;
      const outcome = await execution.invoke(version, {
        requestId,
        payload: Buffer.from(JSON.stringify(event)),
        clientContext: undefined,
        invokedArn: version.arn,
        cause: undefined,
        ...more,
      });
      // Others may be at work at the same moment: the stream is known by the invocation's id.
      const since = lines.slice(from);
      const stream = since.find(({ message }) => message.includes(requestId))?.stream;
      const written = since.filter((line) => line.stream === stream);
      return {
        ...outcome,
        requestId,
        value: parsed(outcome.payload) as T,
        log: written.map(({ message }) => message),
        streams: [...new Set(written.map(({ stream }) => stream))],
        tail: Buffer.from(outcome.logTail).toString(),
      };
    },
    async stop() {
      await execution.stop();
      clock.stop();
      if (settings.home === undefined) rmSync(home, { recursive: true, force: true });
    },
  };
  return bench;
}

function parsed(payload: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(payload).toString());
  } catch {
    return undefined;
  }
}
