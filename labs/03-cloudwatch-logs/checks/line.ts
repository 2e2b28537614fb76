import { members } from '../../wording/members.ts';

/*
 * The grader's own rule of what a log line says. A line is right in two forms: the one of Lambda's JSON format, where
 * what was logged stands in `message`, and an object that the function has written to stdout itself.
 */

/** An event of a log group, taken apart. */
export interface Line {
  readonly raw: string;
  /** ms since 1970, in the cloud's time */
  readonly timestamp: number;
  readonly stream: string;
  /** Who wrote it: Lambda itself, or the function and its runtime. */
  readonly by: 'platform' | 'function';
  /** Undefined where the line is not a JSON object. */
  readonly json: Readonly<Partial<Record<string, unknown>>> | undefined;
  /** In capital letters; undefined where the line says none. */
  readonly level: string | undefined;
  /** The report that the runtime writes of an error that has left the handler. */
  readonly errorReport: boolean;
}

/** Reads a member of a line: what stands at the top comes first, then what was logged. */
export const valueOf = ({ json }: Pick<Line, 'json'>, name: string): unknown =>
  json?.[name] ?? members(json?.message)[name];

export function readLine(raw: string, timestamp: number, stream: string): Line {
  const json = objectOf(raw);
  const line = { raw, timestamp, stream, json };
  if (json === undefined) {
    const platform = /^(INIT_START|START|END|REPORT|INIT_REPORT|XRAY) /.test(raw);
    const level = /^\S+\t\S+\t(TRACE|DEBUG|INFO|WARN|ERROR|FATAL)\t/.exec(raw)?.[1];
    return { ...line, by: platform ? 'platform' : 'function', level, errorReport: false };
  }
  const { type, record } = json;
  if (typeof type === 'string' && type.startsWith('platform.') && typeof record === 'object')
    return { ...line, by: 'platform', level: undefined, errorReport: false };
  const level = valueOf(line, 'level');
  return {
    ...line,
    by: 'function',
    level: typeof level === 'string' ? level.toUpperCase() : undefined,
    errorReport:
      valueOf(line, 'orderId') === undefined &&
      (valueOf(line, 'errorType') !== undefined || valueOf(line, 'stackTrace') !== undefined),
  };
}

function objectOf(text: string): Line['json'] {
  if (!text.trimStart().startsWith('{')) return undefined;
  try {
    return members(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** Whether a text is itself JSON of an object: what was encoded by hand and then once more by Lambda. */
export const holdsObject = (text: string): boolean => objectOf(text) !== undefined;

/** Lines of the levels below INFO: details for whoever looks for a fault. */
export const isDetail = ({ level }: Line): boolean => level === 'DEBUG' || level === 'TRACE';

/** Lines of one request: those that name its order, and those with its id that name no order of the run. */
export function linesOf(
  lines: readonly Line[],
  { orderId, requestId }: { readonly orderId: string; readonly requestId: string },
  run: string,
): Line[] {
  return lines.filter(
    ({ by, raw }) =>
      by === 'function' && (raw.includes(orderId) || (!raw.includes(run) && raw.includes(requestId))),
  );
}
