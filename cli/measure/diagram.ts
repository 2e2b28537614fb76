import { isCold, summaryOf, type Measurement } from '../../grader/measurement/measurement.ts';
import { padEnd, widthOf, wrap } from '../../grader/reporters/width.ts';
import type { Colors } from '../session/session.ts';

/** Words of the diagram in one language. */
export interface DiagramText {
  readonly title: (lab: number) => string;
  readonly cold: string;
  readonly warm: string;
  readonly init: string;
  readonly handler: string;
  readonly billed: string;
  readonly request: string;
  readonly calls: (cold: number, warm: number) => string;
  readonly median: (cold: string, init: string, handler: string, warm: string) => string;
  readonly times: (times: string) => string;
  readonly slower: string;
}

interface Style {
  readonly text: DiagramText;
  readonly width: number;
  readonly colors: Colors;
}

const margin = '  ';
// Told apart by shape, so that the diagram reads without a colour.
const initBlock = '█';
const handlerBlock = '░';
const sliver = '▏';

/** Milliseconds as the eye compares them: three digits that mean something. */
const short = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toFixed(1));

/** Cold against warm as bars, then the figures with their request ids. One line an item; ends in a line break. */
export function drawMeasurement(measurement: Measurement, style: Style): string {
  const lines = [
    ...heading(measurement, style),
    '',
    ...bars(measurement, style),
    '',
    ...conclusion(measurement, style),
    '',
    ...figures(measurement, style),
  ];
  return `\n${lines.map((line) => (line === '' ? '' : margin + line)).join('\n')}\n\n`;
}

function heading(measurement: Measurement, { text, width, colors }: Style): string[] {
  const { lab, target, region, functionName, runtime, memoryMB } = measurement;
  const title = text.title(lab);
  const place = `${target} · ${region}`;
  const gap = width - margin.length - widthOf(title) - widthOf(place);
  const facts = [functionName, runtime, `${memoryMB} MB`].join(' · ');
  return [
    ...(gap >= 2
      ? [`${colors.bold(title)}${' '.repeat(gap)}${colors.dim(place)}`]
      : [colors.bold(title), colors.dim(place)]),
    ...wrap(facts, width - margin.length).map((line) => colors.dim(line)),
  ];
}

function bars({ calls }: Measurement, { text, width, colors }: Style): string[] {
  const label = Math.max(widthOf(text.cold), widthOf(text.warm));
  const written = calls.map((call) => `${short(call.durationMs + (call.initMs ?? 0))} ms`);
  const room = Math.max(8, width - margin.length - label - Math.max(0, ...written.map(widthOf)) - 4);
  const longest = Math.max(...calls.map((call) => call.durationMs + (call.initMs ?? 0)));
  const cells = (ms: number) => Math.round((ms / longest) * room);
  const drawn = calls.map((call, index) => {
    const whole = Math.max(cells(call.durationMs + (call.initMs ?? 0)), 0);
    const ofInit = Math.min(cells(call.initMs ?? 0), whole);
    const bar =
      whole === 0
        ? colors.green(sliver)
        : colors.cyan(initBlock.repeat(ofInit)) + colors.green(handlerBlock.repeat(whole - ofInit));
    const name = padEnd(isCold(call) ? text.cold : text.warm, label);
    return `${name}  ${bar}  ${colors.dim(written[index] ?? '')}`;
  });
  const legend = `${colors.cyan(initBlock)} ${text.init}  ${colors.green(handlerBlock)} ${text.handler}`;
  return [...drawn, '', `${' '.repeat(label)}  ${legend}`];
}

function conclusion({ calls }: Measurement, { text, width, colors }: Style): string[] {
  const summary = summaryOf(calls);
  if (summary === undefined) return [];
  const { cold, warm, times } = summary;
  const sum = short(cold.initMs + cold.durationMs);
  const said = [
    text.calls(cold.calls, warm.calls),
    text.median(sum, short(cold.initMs), short(cold.durationMs), short(warm.durationMs)),
  ];
  // Before the work is moved, the warm call may be the longer one.
  const verdict = warm.durationMs > cold.initMs ? text.slower : text.times(times.toFixed(1));
  return [
    ...said.flatMap((line) => wrap(line, width - margin.length)),
    ...wrap(verdict, width - margin.length).map((line) => colors.bold(line)),
  ];
}

/** The figures as the REPORT lines say them, to be copied. */
function figures({ calls }: Measurement, { text, width, colors }: Style): string[] {
  const rows = calls.map((call) => [
    isCold(call) ? text.cold : text.warm,
    call.requestId,
    call.initMs === undefined ? '–' : call.initMs.toFixed(2),
    call.durationMs.toFixed(2),
    String(call.billedMs),
  ]);
  const names = ['', text.request, text.init, text.handler, text.billed];
  const all = [names, ...rows];
  const widths = names.map((_, column) => Math.max(...all.map((row) => widthOf(row[column] ?? ''))));
  const cell = (row: readonly string[], column: number) => {
    const value = row[column] ?? '';
    const size = widths[column] ?? 0;
    return column < 2 ? padEnd(value, size) : ' '.repeat(size - widthOf(value)) + value;
  };
  const whole = widths.reduce((sum, size) => sum + size, 0) + 2 * (widths.length - 1);
  if (whole <= width - margin.length)
    return all.map((row, index) => {
      const line = row.map((_, column) => cell(row, column)).join('  ');
      return index === 0 ? colors.dim(line.trimEnd()) : line.trimEnd();
    });
  // In a narrow window the id has a line of its own, and can still be copied whole.
  return all.flatMap((row, index) => {
    const line = [0, 2, 3, 4].map((column) => cell(row, column)).join('  ');
    return index === 0 ? [colors.dim(line.trimEnd())] : [line.trimEnd(), colors.dim(row[1] ?? '')];
  });
}
