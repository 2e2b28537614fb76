/*
 * Fields that are discovered in what Lambda writes: CloudWatch Logs User Guide, "Supported logs and discovered
 * fields". Sizes are bytes, of which the guide's own queries make megabytes with `/ 1000 / 1000`.
 */
export type LambdaFields = Readonly<Record<string, string | number>>;

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const PLATFORM = new RegExp(`^(START|END|REPORT) RequestId: (${UUID})`);
/** A line of a Node.js or Python function: time, request, level, text. */
const APPLICATION = new RegExp(`^(?:\\S{1,40}|\\[[A-Z]{1,10}\\]\\t\\S{1,40})\\t(${UUID})(?:\\t|\\n|$)`);
const FIGURE = /(Duration|Billed Duration|Memory Size|Max Memory Used|Init Duration): ([\d.]+) (?:ms|MB)/g;
const TRACE = /XRAY TraceId: (\S+)/;
const MEGABYTE = 1_000_000;
const NAMES: Readonly<Record<string, readonly [field: string, factor: number]>> = {
  Duration: ['@duration', 1],
  'Billed Duration': ['@billedDuration', 1],
  'Memory Size': ['@memorySize', MEGABYTE],
  'Max Memory Used': ['@maxMemoryUsed', MEGABYTE],
  'Init Duration': ['@initDuration', 1],
};
const NONE: LambdaFields = {};
/** The figures of a REPORT line are at its beginning. */
const LONGEST = 2_000;

/** Names of all fields that may be found. */
export const lambdaFieldNames: ReadonlySet<string> = new Set([
  '@type',
  '@requestId',
  '@xrayTraceId',
  ...Object.values(NAMES).map(([name]) => name),
]);

export function lambdaFields(message: string): LambdaFields {
  const head = message.slice(0, LONGEST);
  const platform = PLATFORM.exec(head);
  if (platform === null) {
    if (head.startsWith('INIT_START')) return { '@type': 'INIT_START' };
    const requestId = APPLICATION.exec(head)?.[1];
    return requestId === undefined ? NONE : { '@requestId': requestId };
  }
  const [, type = '', requestId = ''] = platform;
  const fields: Record<string, string | number> = { '@type': type, '@requestId': requestId };
  if (type !== 'REPORT') return fields;
  for (const [, label = '', figure = ''] of head.matchAll(FIGURE)) {
    const known = NAMES[label];
    if (known !== undefined) fields[known[0]] = Number(figure) * known[1];
  }
  const trace = TRACE.exec(head)?.[1];
  if (trace !== undefined) fields['@xrayTraceId'] = trace;
  return fields;
}
