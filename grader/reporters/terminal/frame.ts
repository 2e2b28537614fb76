import type { Result, Status } from '../../result/result.ts';
import { visible } from '../visible.ts';
import { widthOf, wrap } from '../width.ts';
import type { Style } from './style.ts';

const margin = '  ';

/** What stands above the checks: which lab, and where it was graded. */
export function header(
  { lab, target }: Pick<Result, 'lab' | 'target'>,
  { colors, text, width }: Style,
): string {
  const name = `${text.lab(lab.number)} · ${visible(lab.title)}`;
  // On a real account it matters whose it is; elsewhere it is noise.
  const whose = target.name === 'aws' ? ` · ${text.account(target.account)}` : '';
  const place = `${target.name} · ${target.region}${whose}`;
  const gap = width - margin.length - widthOf(name) - widthOf(place);
  return gap >= 2
    ? `\n${margin}${colors.bold(name)}${' '.repeat(gap)}${colors.dim(place)}\n\n`
    : `\n${margin}${colors.bold(name)}\n${margin}${colors.dim(place)}\n\n`;
}

const barWidth = 24;

/** What stands below the checks: the points, and what is to be known of them. */
export function footer(result: Result, style: Style): string {
  const { colors, text, width } = style;
  const { totals } = result;
  const filled = totals.possible === 0 ? 0 : Math.floor((totals.points / totals.possible) * barWidth);
  const bar = colors.green('━'.repeat(filled)) + colors.dim('─'.repeat(barWidth - filled));
  const seconds = (Date.parse(result.endedAt) - Date.parse(result.startedAt)) / 1000;
  const time = text.seconds(seconds.toFixed(1));
  const points = text.points(totals.points, totals.possible);
  const inRow = `${bar}  ${colors.bold(points)}`;
  const gap = width - margin.length - widthOf(inRow) - widthOf(time);
  const score =
    gap >= 2
      ? [`${inRow}${' '.repeat(gap)}${colors.dim(time)}`]
      : [bar, `${colors.bold(points)}  ${colors.dim(time)}`];

  const paint: Readonly<Record<Status, (text: string) => string>> = {
    passed: colors.green,
    failed: colors.red,
    skipped: colors.dim,
    error: colors.yellow,
    unverified: colors.cyan,
  };
  const counts = (['passed', 'failed', 'skipped', 'unverified', 'error'] as const)
    .map((status) => ({ status, count: totals[status === 'unverified' ? 'unverifiedChecks' : status] }))
    .filter(({ count }) => count > 0)
    .map(({ status, count }) => paint[status](text.status[status](count)));

  const remarks = [
    ...(totals.unverified > 0 ? [text.nothingLost(totals.unverified)] : []),
    ...(totals.undecided > 0 ? [text.undecided(totals.undecided)] : []),
    ...(result.partial ? [text.partial] : []),
  ].flatMap((line) => wrap(line, width - margin.length));
  const done = totals.passed > 0 && totals.passed === result.checks.length && !result.partial;
  const lines = [
    ...score,
    ...inLines(counts, colors.dim(' · '), width - margin.length),
    ...remarks.map((line) => colors.dim(line)),
    ...(done ? ['', colors.green(text.allPassed)] : []),
  ];
  // A block ends with an empty line of its own.
  const last = result.checks.at(-1)?.status;
  const above = last === 'failed' || last === 'error' ? '' : '\n';
  return `${above}${lines.map((line) => (line === '' ? '' : margin + line)).join('\n')}\n\n`;
}

/** Puts as many words in a line as fit. */
function inLines(words: readonly string[], between: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    const longer = last === undefined ? word : last + between + word;
    if (last !== undefined && widthOf(longer) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
