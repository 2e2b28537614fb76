import { randomBytes } from 'node:crypto';
import type { Cloud } from '../../../../cloud.ts';
import type { TrailId } from '../../../../trail/trail.ts';
import type { IamPort } from '../../../iam/port.ts';
import type { LogsPort } from '../../../logs/port.ts';
import type { FunctionVersion, LoggingSettings } from '../execution.ts';
import { systemLine } from './system-events.ts';
import type { InitializationType, SystemEvent } from './system-events.ts';

/** What the log of environments is written to, and who is asked whether it may be. */
export interface LogPorts {
  readonly logs: LogsPort;
  readonly iam: IamPort;
}

interface Line {
  readonly timestamp: number;
  readonly message: string;
}

const tailSize = 4096;

/** The log stream of one execution environment. */
export class EnvironmentLog {
  readonly stream: string;
  readonly #cloud: Cloud;
  readonly #ports: LogPorts;
  readonly #version: FunctionVersion;
  readonly #initialization: InitializationType;
  readonly #isOrphaned: () => boolean;
  #pending: Line[] = [];
  #flushing = false;
  #allowed = false;
  #cause: TrailId | undefined;
  #tail: string[] | undefined;
  #tailLength = 0;

  /** @param whose `isOrphaned` tells whether the function has been deleted meanwhile */
  constructor(
    cloud: Cloud,
    ports: LogPorts,
    {
      version,
      initialization,
      isOrphaned,
    }: {
      readonly version: FunctionVersion;
      readonly initialization: InitializationType;
      readonly isOrphaned: () => boolean;
    },
  ) {
    this.#isOrphaned = isOrphaned;
    this.#initialization = initialization;
    this.#cloud = cloud;
    this.#ports = ports;
    this.#version = version;
    this.stream = streamName(version, cloud.clock.now());
  }

  /**
   * What follows belongs to this invocation. The role is asked anew each time: on AWS a changed policy counts
   * for running environments, too.
   */
  attend(cause: TrailId | undefined): void {
    this.flush();
    this.#cause = cause;
    this.#allowed = this.#mayWrite();
  }

  /** Starts collecting the tail that `LogType: Tail` returns. */
  startTail(): void {
    this.#tail = [];
    this.#tailLength = 0;
  }

  /** The last 4 KB since {@link startTail}. */
  takeTail(): Uint8Array {
    const bytes = Buffer.from((this.#tail ?? []).join(''));
    this.#tail = undefined;
    return bytes.subarray(Math.max(0, bytes.length - tailSize));
  }

  system(event: SystemEvent): void {
    const line = systemLine(event, this.#version.logging, this.#cloud.clock.now(), this.#initialization);
    if (line !== undefined) this.#add(line);
  }

  /**
   * A message or a printed line of the function.
   * @param levelled the runtime has looked at its level already
   */
  application(message: string, levelled: boolean): void {
    if (levelled || passes(message, this.#version.logging)) this.#add(message);
  }

  /** Hands over what is waiting. Logs tells the trail of it. */
  flush(): void {
    this.#flushing = false;
    if (this.#pending.length === 0) return;
    const lines = this.#pending;
    this.#pending = [];
    const { scope, logging } = this.#version;
    // Whoever deletes a function and its log group has neither afterwards: the last lines make no new group.
    this.#ports.logs.write(scope, logging.group, this.stream, lines, this.#cause, !this.#isOrphaned());
  }

  #add(message: string): void {
    if (this.#tail !== undefined) this.#addToTail(message);
    if (!this.#allowed) return;
    this.#pending.push({ timestamp: this.#cloud.clock.now(), message });
    if (this.#pending.length >= batch) this.flush();
    else if (!this.#flushing) {
      this.#flushing = true;
      // Together with what else this turn of the event loop brings.
      setImmediate(() => this.flush());
    }
  }

  #addToTail(message: string): void {
    const tail = this.#tail;
    if (tail === undefined) return;
    const line = message.endsWith('\n') ? message : `${message}\n`;
    tail.push(line.length > tailSize ? line.slice(-tailSize) : line);
    this.#tailLength += line.length;
    while (tail.length > 1 && this.#tailLength - (tail[0]?.length ?? 0) > tailSize) {
      this.#tailLength -= tail.shift()?.length ?? 0;
    }
  }

  #mayWrite(): boolean {
    const { scope, roleName, logging } = this.#version;
    const resource = `arn:aws:logs:${scope.region}:${scope.account}:log-group:${logging.group}:log-stream:${this.stream}`;
    return ['logs:CreateLogStream', 'logs:PutLogEvents'].every((action) =>
      this.#ports.iam.roleAllows(scope.account, roleName, action, resource),
    );
  }
}

/** Lines that are handed over at once: enough to be quick, few enough to keep no more than one batch of long lines. */
const batch = 100;

const levels = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'] as const;
const sameLevel: Readonly<Record<string, (typeof levels)[number]>> = { WARNING: 'WARN', CRITICAL: 'FATAL' };

/**
 * Whether a line passes the application log level. The level is what the line says as JSON; a line that says none
 * counts as INFO (AWS Lambda Developer Guide, "Log-level filtering").
 */
export function passes(message: string, logging: LoggingSettings): boolean {
  if (logging.format === 'Text' || logging.applicationLevel === 'TRACE') return true;
  const lowest = levels.indexOf(logging.applicationLevel);
  return levels.indexOf(levelOf(message)) >= lowest;
}

function levelOf(message: string): (typeof levels)[number] {
  if (!message.startsWith('{')) return 'INFO';
  try {
    const { level } = JSON.parse(message) as { level?: unknown };
    if (typeof level !== 'string') return 'INFO';
    const name = level.toUpperCase();
    return levels.find((known) => known === name) ?? sameLevel[name] ?? 'INFO';
  } catch {
    return 'INFO';
  }
}

/** `YYYY/MM/DD/[version]<32 hex>`; where functions share a group, the function's name stands before the bracket. */
export function streamName(version: FunctionVersion, at: number): string {
  const day = new Date(at).toISOString().slice(0, 10).replaceAll('-', '/');
  const own = version.logging.group === `/aws/lambda/${version.name}`;
  return `${day}/${own ? '' : version.name}[${version.version}]${randomBytes(16).toString('hex')}`;
}
