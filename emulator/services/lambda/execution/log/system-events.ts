import type { LoggingSettings } from '../execution.ts';

/** What the platform tells of an environment and its invocations. Times in ms. */
export type SystemEvent =
  | {
      readonly type: 'initStart';
      /** For example `nodejs:24.v48`. */
      readonly runtimeVersion: string;
      readonly runtimeVersionArn: string;
      /** A notice where another runtime than AWS's stands in: `Node.js: v20.20.2 (host)`. */
      readonly standIn: string | undefined;
      readonly functionName: string;
      readonly functionVersion: string;
    }
  | {
      readonly type: 'initReport';
      readonly phase: 'init' | 'invoke';
      readonly ms: number;
      readonly status: 'success' | 'error' | 'timeout';
      readonly errorType: string | undefined;
    }
  | { readonly type: 'start'; readonly requestId: string; readonly version: string }
  | { readonly type: 'end'; readonly requestId: string; readonly result: Finished }
  | { readonly type: 'report'; readonly requestId: string; readonly result: Finished }
  /** The runtime ended on its own while it had an event. */
  | {
      readonly type: 'fault';
      readonly requestId: string;
      readonly message: string;
      readonly errorType: string;
    };

/** How an environment came to be. */
export type InitializationType = 'on-demand' | 'provisioned-concurrency';

export interface Finished {
  readonly durationMs: number;
  readonly billedMs: number;
  readonly memoryMB: number;
  readonly maxMemoryMB: number;
  readonly initMs: number | undefined;
  readonly producedBytes: number;
  readonly status: 'success' | 'error' | 'timeout';
  readonly errorType: string | undefined;
}

/**
 * The event's line as Lambda writes it, or undefined where the format or the level leaves it out.
 * Source: AWS Lambda Developer Guide, "Configuring advanced logging controls", and recorded lines.
 *
 * @param at the cloud's time, ms since 1970
 */
export function systemLine(
  event: SystemEvent,
  logging: LoggingSettings,
  at: number,
  initialization: InitializationType = 'on-demand',
): string | undefined {
  if (logging.format === 'Text') return textLine(event, initialization);
  const told = jsonEvent(event, initialization);
  if (told === undefined || rank[told.level] < rank[logging.systemLevel]) return undefined;
  return `${JSON.stringify({ time: new Date(at).toISOString(), type: told.type, record: told.record })}\n`;
}

const rank = { DEBUG: 0, INFO: 1, WARN: 2 } as const;

function textLine(event: SystemEvent, initialization: InitializationType): string | undefined {
  switch (event.type) {
    case 'initStart': {
      const standIn = event.standIn === undefined ? '' : `\t${event.standIn}`;
      return `INIT_START Runtime Version: ${event.runtimeVersion}\tRuntime Version ARN: ${event.runtimeVersionArn}${standIn}\n`;
    }
    case 'initReport': {
      if (event.status === 'success') {
        // "Provisioned concurrency functions always emit INIT_REPORT"; on demand the REPORT line tells of it.
        return initialization === 'on-demand'
          ? undefined
          : `INIT_REPORT Init Duration: ${event.ms.toFixed(2)} ms\n`;
      }
      return `INIT_REPORT Init Duration: ${event.ms.toFixed(2)} ms\tPhase: ${event.phase}\tStatus: ${event.status}${errorType(event)}\n`;
    }
    case 'start':
      return `START RequestId: ${event.requestId} Version: ${event.version}\n`;
    case 'end':
      return `END RequestId: ${event.requestId}\n`;
    case 'fault':
      return `RequestId: ${event.requestId} Error: ${event.message}\n${event.errorType}\n`;
    case 'report': {
      const { result } = event;
      const parts = [
        `REPORT RequestId: ${event.requestId}`,
        `Duration: ${result.durationMs.toFixed(2)} ms`,
        `Billed Duration: ${result.billedMs} ms`,
        `Memory Size: ${result.memoryMB} MB`,
        `Max Memory Used: ${result.maxMemoryMB} MB`,
      ];
      if (result.initMs !== undefined) parts.push(`Init Duration: ${result.initMs.toFixed(2)} ms`);
      if (result.status !== 'success') parts.push(`Status: ${result.status}${errorType(result)}`);
      return `${parts.join('\t')}\t\n`;
    }
  }
}

function errorType(of: { readonly status: string; readonly errorType: string | undefined }): string {
  return of.status === 'error' && of.errorType !== undefined ? `\tError Type: ${of.errorType}` : '';
}

interface JsonEvent {
  readonly type: string;
  readonly level: keyof typeof rank;
  readonly record: Readonly<Record<string, unknown>>;
}

function jsonEvent(event: SystemEvent, initialization: InitializationType): JsonEvent | undefined {
  switch (event.type) {
    case 'initStart':
      return {
        type: 'platform.initStart',
        level: 'INFO',
        record: {
          initializationType: initialization,
          phase: 'init',
          runtimeVersion:
            event.standIn === undefined ? event.runtimeVersion : `${event.runtimeVersion} ${event.standIn}`,
          runtimeVersionArn: event.runtimeVersionArn,
          functionName: event.functionName,
          functionVersion: event.functionVersion,
        },
      };
    case 'initReport':
      return {
        type: 'platform.initReport',
        level: initLevel(event.status, initialization),
        record: {
          initializationType: initialization,
          phase: event.phase,
          status: event.status,
          errorType: event.errorType,
          metrics: { durationMs: rounded(event.ms) },
        },
      };
    case 'start':
      return {
        type: 'platform.start',
        level: 'INFO',
        record: { requestId: event.requestId, version: event.version },
      };
    // In JSON there is no END; what the runtime did is told by itself, where it failed or every detail is wanted.
    case 'end':
      return {
        type: 'platform.runtimeDone',
        level: levelOf(event.result),
        record: {
          requestId: event.requestId,
          status: event.result.status,
          errorType: event.result.errorType,
          metrics: {
            durationMs: rounded(event.result.durationMs),
            producedBytes: event.result.producedBytes,
          },
        },
      };
    case 'report': {
      const { result } = event;
      return {
        type: 'platform.report',
        level: result.status === 'success' ? 'INFO' : 'WARN',
        record: {
          requestId: event.requestId,
          metrics: {
            durationMs: rounded(result.durationMs),
            billedDurationMs: result.billedMs,
            memorySizeMB: result.memoryMB,
            maxMemoryUsedMB: result.maxMemoryMB,
            initDurationMs: result.initMs === undefined ? undefined : rounded(result.initMs),
          },
          status: result.status,
          errorType: result.errorType,
        },
      };
    }
    case 'fault':
      return undefined;
  }
}

/* Always told of environments that are initialised ahead: no REPORT line tells of their Init phase. */
function initLevel(status: string, initialization: InitializationType): keyof typeof rank {
  if (status !== 'success') return 'WARN';
  return initialization === 'on-demand' ? 'DEBUG' : 'INFO';
}

const levelOf = (result: Finished): 'DEBUG' | 'WARN' => (result.status === 'success' ? 'DEBUG' : 'WARN');

/** To a thousandth of a millisecond, as in recorded events. */
const rounded = (ms: number): number => Math.round(ms * 1000) / 1000;
