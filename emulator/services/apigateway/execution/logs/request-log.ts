import type { MethodSetting } from '@aws-sdk/client-api-gateway';
import type { Cloud } from '../../../../cloud.ts';
import type { OwnContext } from '../request/context.ts';
import { silent, type ExecutionLog } from './execution-log.ts';

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html */
const LONGEST = 1024;

/** The lines of one request, in memory until it is answered. */
export class RequestLog implements ExecutionLog {
  readonly lines: { readonly timestamp: number; readonly message: string }[] = [];
  readonly #now: () => number;
  readonly #level: 'INFO' | 'ERROR';
  readonly #traces: boolean;

  /** @param traces whether bodies and headers are noted */
  constructor(now: () => number, level: 'INFO' | 'ERROR', traces: boolean) {
    this.#now = now;
    this.#level = level;
    this.#traces = traces;
  }

  info(text: () => string): void {
    if (this.#level === 'INFO') this.#add(text());
  }
  data(text: () => string): void {
    if (this.#traces) this.info(text);
  }
  error(text: () => string): void {
    this.#add(text());
  }

  #add(text: string): void {
    this.lines.push({ timestamp: this.#now(), message: text });
  }
}

/** The log that a stage's settings ask for. @param role what logs are written with: none, no logs */
export function logFor(
  cloud: Cloud,
  settings: MethodSetting | undefined,
  role: () => string | undefined,
): ExecutionLog {
  const { loggingLevel, dataTraceEnabled = false } = settings ?? {};
  if ((loggingLevel !== 'INFO' && loggingLevel !== 'ERROR') || role() === undefined) return silent;
  return new RequestLog(() => cloud.clock.now(), loggingLevel, dataTraceEnabled);
}

/** As CloudWatch has a line: under its request's id, and not longer than it takes. */
export function writtenLine(message: string, { requestId }: Pick<OwnContext, 'requestId'>): string {
  const line = `(${requestId}) ${message}`;
  return line.length <= LONGEST ? line : `${line.slice(0, LONGEST - 12)} [TRUNCATED]`;
}
