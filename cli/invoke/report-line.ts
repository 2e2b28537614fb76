/** What `platform.report` calls the figures of a REPORT line, in the line's order. */
const figures: readonly (readonly [metric: string, label: string, unit: string])[] = [
  ['durationMs', 'Duration', 'ms'],
  ['billedDurationMs', 'Billed Duration', 'ms'],
  ['memorySizeMB', 'Memory Size', 'MB'],
  ['maxMemoryUsedMB', 'Max Memory Used', 'MB'],
  ['initDurationMs', 'Init Duration', 'ms'],
];

/**
 * The figures of an invocation from the end of its log, on one line: from the REPORT line, or from the
 * `platform.report` event of a function that logs JSON.
 * @returns undefined where the log has neither
 */
export function reportLine(log: string): string | undefined {
  const text = /^REPORT RequestId: \S+\s+(.*?)\s*$/m.exec(log)?.[1];
  if (text !== undefined) return text.replaceAll('\t', ' · ');
  for (const line of log.split('\n').reverse()) {
    const metrics = metricsOf(line);
    if (metrics === undefined) continue;
    return figures
      .flatMap(([metric, label, unit]) => {
        const value = metrics[metric];
        return typeof value === 'number' ? [`${label}: ${String(value)} ${unit}`] : [];
      })
      .join(' · ');
  }
  return undefined;
}

function metricsOf(line: string): Readonly<Record<string, unknown>> | undefined {
  if (!line.includes('platform.report')) return undefined;
  try {
    const event = JSON.parse(line) as {
      type?: unknown;
      record?: { metrics?: Record<string, unknown> };
    } | null;
    return event?.type === 'platform.report' ? event.record?.metrics : undefined;
  } catch {
    // The tail begins in the middle of a line, and a function prints what it likes.
    return undefined;
  }
}
