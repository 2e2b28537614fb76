import type { MeasuredCall, TargetName } from '../api.ts';
import { choice, list, optional, record, text, whole, type Of, type Shape } from '../result/shape.ts';

/** Milliseconds as a REPORT line says them. */
const milliseconds: Shape<number> = {
  schema: { type: 'number', minimum: 0 },
  read(value, at) {
    if (typeof value !== 'number' || !Number.isFinite(value) || value < 0)
      throw new Error(`${at} is no duration`);
    return value;
  },
};

const document = record({
  format: choice('coldstart-measurement'),
  version: choice(1),
  lab: whole(1),
  target: choice('embedded', 'localstack', 'aws' satisfies TargetName),
  region: text(),
  takenAt: text(),
  functionName: text(),
  runtime: text(),
  memoryMB: whole(1),
  logGroup: text(),
  calls: list(
    record({
      requestId: text(),
      initMs: optional(milliseconds),
      durationMs: milliseconds,
      billedMs: milliseconds,
    }),
  ),
});

/** What `npm run measure` has found: kept beside the workspace, drawn in the terminal and on the page. */
export type Measurement = Of<typeof document>;

/** @throws where a value is not a measurement */
export const readMeasurement = (value: unknown): Measurement => document.read(value, '');

/** A call that initialised its environment first. */
export type ColdCall = MeasuredCall & { readonly initMs: number };
export const isCold = (call: MeasuredCall): call is ColdCall => call.initMs !== undefined;

/** Cold against warm in single figures, ms; medians, so that one call on a busy machine does not decide. */
export interface Summary {
  readonly cold: { readonly calls: number; readonly initMs: number; readonly durationMs: number };
  readonly warm: { readonly calls: number; readonly durationMs: number };
  /** How many times as long as a warm call a cold one takes, its init included. */
  readonly times: number;
}

/** Undefined where there was no cold or no warm call. */
export function summaryOf(calls: readonly MeasuredCall[]): Summary | undefined {
  const cold = calls.filter(isCold);
  const warm = calls.filter((call) => !isCold(call));
  if (cold.length === 0 || warm.length === 0) return undefined;
  const initMs = median(cold.map((call) => call.initMs));
  const coldMs = median(cold.map(({ durationMs }) => durationMs));
  const warmMs = median(warm.map(({ durationMs }) => durationMs));
  return {
    cold: { calls: cold.length, initMs, durationMs: coldMs },
    warm: { calls: warm.length, durationMs: warmMs },
    times: (initMs + coldMs) / Math.max(warmMs, 0.01),
  };
}

/** Of a list that is not empty; the lower of the two in the middle, so that it is a figure that was measured. */
function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
}
