/** What Lambda says of one invocation when it is over. Times in ms. */
export interface Report {
  readonly requestId: string;
  readonly durationMs: number;
  readonly billedMs: number;
  /** On the first invocation of an environment that was initialised on demand, and on no other. */
  readonly initMs: number | undefined;
  readonly memoryMB: number;
  /** As it stands in the log. */
  readonly line: string;
}

/**
 * The reports in a piece of log, in their order: REPORT lines, and `platform.report` events where the function logs
 * in JSON. An INIT_REPORT is none: it tells of an environment and not of a call.
 */
export function reportsIn(log: string): Report[] {
  return log.split('\n').flatMap((line) => {
    const report = line.startsWith('{') ? fromJson(line) : fromText(line);
    return report === undefined ? [] : [report];
  });
}

function fromText(line: string): Report | undefined {
  const requestId = /^REPORT RequestId: (\S+)/.exec(line)?.[1];
  const figure = (name: string, unit: string) => {
    // Init Duration and Billed Duration end in another figure's name: only what stands after a tab is meant.
    const said = new RegExp(`\\t${name}: ([\\d.]+) ${unit}(?:\\t|\\s*$)`).exec(line)?.[1];
    return said === undefined ? undefined : Number(said);
  };
  const durationMs = figure('Duration', 'ms');
  const billedMs = figure('Billed Duration', 'ms');
  if (requestId === undefined || durationMs === undefined || billedMs === undefined) return undefined;
  const memoryMB = figure('Memory Size', 'MB') ?? 0;
  return { requestId, durationMs, billedMs, initMs: figure('Init Duration', 'ms'), memoryMB, line };
}

function fromJson(line: string): Report | undefined {
  let event: unknown;
  try {
    event = JSON.parse(line);
  } catch {
    return undefined;
  }
  const { type, record } = fields(event);
  if (type !== 'platform.report') return undefined;
  const { requestId, metrics } = fields(record);
  const figures = fields(metrics);
  const { durationMs, billedDurationMs, initDurationMs, memorySizeMB } = figures;
  if (typeof requestId !== 'string' || typeof durationMs !== 'number') return undefined;
  return {
    requestId,
    durationMs,
    billedMs: typeof billedDurationMs === 'number' ? billedDurationMs : Math.ceil(durationMs),
    initMs: typeof initDurationMs === 'number' ? initDurationMs : undefined,
    memoryMB: typeof memorySizeMB === 'number' ? memorySizeMB : 0,
    line,
  };
}

const fields = (value: unknown): Readonly<Partial<Record<string, unknown>>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
