import type { Evidence } from '../../api.ts';
import type { CheckResult, Outcome, Status } from '../../result/result.ts';
import { visible } from '../visible.ts';
import { fold, padEnd, widthOf, wrap } from '../width.ts';
import type { Style } from './style.ts';

const symbols: Readonly<Record<Status, string>> = {
  passed: '✓',
  failed: '✗',
  skipped: '◦',
  error: '!',
  unverified: '◇',
};
const margin = '  ';
/** Columns before a title: margin, symbol, space. */
const indent = 4;
/** A label of more columns stands on a line of its own. */
const longestLabel = 14;

/** One check: a line where all is well, a block that says what to do where it is not. */
export function checkBlock(check: CheckResult, number: number, style: Style): string {
  const { colors } = style;
  switch (check.status) {
    case 'passed':
      return titleLines(check, style, colors.green, (title) => title);
    case 'failed':
      return titleLines(check, style, colors.red, colors.bold) + failedBody(check, number, style);
    case 'skipped':
      return (
        titleLines(check, style, colors.dim, colors.dim) +
        remark(style.text.skipped(check.cause.title), style)
      );
    case 'unverified':
      return titleLines(check, style, colors.cyan, (title) => title) + remark(check.why, style);
    case 'error':
      return titleLines(check, style, colors.yellow, colors.bold) + errorBody(check, style);
  }
}

type Paint = (text: string) => string;

function titleLines(check: CheckResult, { width }: Style, paint: Paint, paintTitle: Paint): string {
  const points = pointsOf(check);
  const room = width - indent - widthOf(points) - 2;
  const lines = wrap(visible(check.title), room);
  return lines
    .map((line, index) =>
      index === 0
        ? `${margin}${paint(symbols[check.status])} ${paintTitle(line)}${' '.repeat(room - widthOf(line) + 2)}${paint(points)}\n`
        : `${' '.repeat(indent)}${paintTitle(line)}\n`,
    )
    .join('');
}

function pointsOf({ status, points }: CheckResult): string {
  const earned: Readonly<Record<Status, string>> = {
    passed: String(points),
    failed: '0',
    skipped: '–',
    unverified: '–',
    error: '–',
  };
  return `${earned[status]}/${String(points)}`;
}

function remark(sentence: string, { width, colors }: Style): string {
  return wrap(visible(sentence), width - indent)
    .map((line) => `${' '.repeat(indent)}${colors.dim(line)}\n`)
    .join('');
}

function failedBody(check: Outcome<'failed'>, number: number, style: Style): string {
  const { colors, text } = style;
  const facts: Fact[] = [
    ...(check.expected === undefined
      ? []
      : [{ label: text.expected, value: check.expected, paint: colors.green }]),
    ...(check.actual === undefined ? [] : [{ label: text.actual, value: check.actual, paint: colors.red }]),
  ];
  const parts = [
    sentence(check.why, style),
    factLines(facts, style),
    factLines(evidenceFacts(check.evidence), style),
    [
      ...sentence(check.next, style, '→ ').map((line) => colors.bold(line)),
      colors.dim(`  ${text.stuck(`npm run hint ${String(number)}`)}`),
    ],
  ];
  return barred(parts, style, colors.red);
}

function errorBody(check: Outcome<'error'>, style: Style): string {
  const { colors, text } = style;
  const parts = [
    [...sentence(text.error, style), ...sentence(check.why, style)],
    factLines(evidenceFacts(check.evidence), style),
    sentence(check.next, style, '→ '),
  ];
  return barred(parts, style, colors.yellow);
}

/** Columns left of the text inside a block: margin, bar, two spaces. */
const barIndent = 5;

function sentence(words: string, { width }: Style, lead = ''): string[] {
  return wrap(visible(words), width - barIndent - lead.length).map(
    (line, index) => (index === 0 ? lead : ' '.repeat(lead.length)) + line,
  );
}

interface Fact {
  readonly label: string;
  readonly value: string;
  readonly paint?: Paint;
}

const evidenceFacts = (evidence: readonly Evidence[]): Fact[] =>
  evidence.map(({ label, value }) => ({ label, value }));

/** Labels in one column, values whole in the other. */
function factLines(facts: readonly Fact[], { width, colors, text }: Style): string[] {
  const short = facts.map(({ label }) => widthOf(visible(label))).filter((size) => size <= longestLabel);
  const column = short.length === 0 ? 2 : Math.max(...short) + 2;
  return facts.flatMap(({ label, value, paint = (line: string) => line }) => {
    const name = visible(label);
    const beside = widthOf(name) <= longestLabel;
    const left = beside ? column : 2;
    const lines =
      value === '' ? [colors.dim(text.empty)] : fold(visible(value), width - barIndent - left).map(paint);
    if (!beside) return [colors.dim(name), ...lines.map((line) => ' '.repeat(left) + line)];
    return lines.map(
      (line, index) => (index === 0 ? colors.dim(padEnd(name, left)) : ' '.repeat(left)) + line,
    );
  });
}

function barred(parts: readonly (readonly string[])[], { colors }: Style, paint: Paint): string {
  const bar = colors.dim(paint('│'));
  const lines = parts
    .filter((part) => part.length > 0)
    .flatMap((part, index) => (index === 0 ? part : ['', ...part]));
  return lines.map((line) => `${margin}${bar}${line.trim() === '' ? '' : `  ${line}`}\n`).join('') + '\n';
}
