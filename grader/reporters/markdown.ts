import type { CheckResult, Result, Status } from '../result/result.ts';
import { engineText, type EngineText } from '../text.ts';
import { visible } from './visible.ts';

const symbols: Readonly<Record<Status, string>> = {
  passed: '✅',
  failed: '❌',
  skipped: '⏸️',
  error: '⚠️',
  unverified: '◇',
};

/** A sentence in which nothing is markup but its own `code`. */
function prose(sentence: string): string {
  return visible(sentence)
    .split(/(`[^`\n]*`)/)
    .map((part, index) => (index % 2 === 1 ? part : part.replaceAll(/[\\`*_{}[\]<>#|~!&]/g, String.raw`\$&`)))
    .join('');
}
/** In a table a bar ends the cell, even inside code. */
const cell = (sentence: string): string =>
  prose(sentence)
    .replaceAll('\n', ' ')
    .replaceAll(/(?<!\\)\|/g, String.raw`\|`);

/** A value as it is: the fence is longer than any in the value. */
function fenced(value: string): string {
  const shown = visible(value);
  const longest = Math.max(2, ...Array.from(shown.matchAll(/`+/g), ([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${shown}\n${fence}`;
}

/** Points that a check gave; a dash where it was not decided. */
const earned = (status: Status, points: number): string =>
  status === 'passed' ? String(points) : status === 'failed' ? '0' : '–';

/** A result as Markdown: a table, then what there is to do. */
export function markdown(result: Result): string {
  const text = engineText[result.language];
  const { report } = text;
  const { lab, target, totals, checks } = result;
  const rows = checks.map(
    ({ status, title, points }) =>
      `| ${symbols[status]} ${report.word[status]} | ${cell(title)} | ${earned(status, points)}/${String(points)} |`,
  );
  const remarks = [
    ...(totals.unverified > 0 ? [report.nothingLost(totals.unverified)] : []),
    ...(totals.undecided > 0 ? [report.undecided(totals.undecided)] : []),
    ...(result.partial ? [report.partial] : []),
  ];
  return [
    `## ${prose(`${report.lab(lab.number)} · ${lab.title}`)}`,
    `**${report.points(totals.points, totals.possible)}** · ${target.name} · ${target.region}`,
    [`| ${report.result} | ${report.check} | ${report.pointsColumn} |`, '| --- | --- | ---: |', ...rows].join(
      '\n',
    ),
    ...remarks,
    ...checks.flatMap((check) => detail(check, text)),
  ]
    .join('\n\n')
    .concat('\n');
}

function detail(check: CheckResult, { report }: EngineText): string[] {
  if (check.status !== 'failed' && check.status !== 'error') return [];
  const facts = [
    ...(check.status === 'failed' && check.expected !== undefined
      ? [{ label: report.expected, value: check.expected }]
      : []),
    ...(check.status === 'failed' && check.actual !== undefined
      ? [{ label: report.actual, value: check.actual }]
      : []),
    ...check.evidence,
  ];
  return [
    `### ${symbols[check.status]} ${prose(check.title)}`,
    ...(check.status === 'error' ? [prose(report.error)] : []),
    prose(check.why),
    ...facts.flatMap(({ label, value }) => [`${prose(label)}:`, fenced(value)]),
    `**${report.next}**: ${prose(check.next)}`,
  ];
}
