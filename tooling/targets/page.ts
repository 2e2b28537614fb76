import { engineText } from '../../grader/text.ts';
import type { AnyLab, Capability } from '../../grader/api.ts';
import type { Caught, LabVerdicts, Seen, ServerVerdicts } from './verdicts.ts';

/** A lab as the page needs it. */
export interface Listed {
  readonly lab: AnyLab;
  readonly folder: string;
  /** Names of its wrong submissions. */
  readonly mistakes: readonly string[];
}

const { capability: names } = engineText.en.unverified;
const because = (missing: readonly Capability[]) => missing.map((one) => names[one]).join('; ');
const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const row = (...cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;

/** The page of what a server that nobody here wrote shows of the labs. */
export function targetsPage(record: ServerVerdicts, labs: readonly Listed[]): string {
  const found = Object.entries(record.shows).sort(([a], [b]) => a.localeCompare(b, 'en'));
  const lacking = found.filter(([, shown]) => !shown).map(([name]) => name as Capability);
  return [
    '# What other servers show of the labs',
    '',
    `Every solution and every wrong submission was graded with \`--target localstack\` on ${record.server} ${record.version}, which is none of ours. \`npm run targets\` does it again and writes this page; \`-- --endpoint URL\` tries another server and prints what it shows.`,
    '',
    'A check is **unverified** where the server was found, by trying, not to show the behaviour that the check rests on: it costs no points and earns none. What can be read off the configuration is still checked. A wrong submission is **caught** where its own check fails on this server, too.',
    '',
    '| lab | solution | wrong submissions |',
    '|---|---|---|',
    ...labs.map((one) => row(...summary(one, record.labs[one.folder]))),
    '',
    `${record.server} does not show: ${lacking.length === 0 ? 'nothing is missing' : because(lacking)}.`,
    ...labs.flatMap((one) => section(one, record.labs[one.folder])),
    '',
  ].join('\n');
}

function summary({ lab, mistakes }: Listed, verdicts: LabVerdicts | undefined): readonly string[] {
  const title = `${String(lab.number)} · ${lab.in('en').title}`;
  if (verdicts === undefined) return [title, 'not tried', 'not tried'];
  const kinds = mistakes.map((name) => verdicts.mistakes[name]?.verdict ?? 'notTried');
  return [
    title,
    counted(Object.values(verdicts.solution).map(({ status }) => status)),
    counted(kinds.map(worded)),
  ];
}

const words: Readonly<Record<Caught['verdict'] | 'notTried', string>> = {
  caught: 'caught',
  astray: 'caught by another check',
  unverified: 'unverified',
  passed: 'passed',
  error: 'error',
  notDeployed: 'not deployed',
  notTried: 'not tried',
};
const worded = (kind: keyof typeof words): string => words[kind];

/** How many there are of each: `3 passed, 1 failed`. */
export function counted(values: readonly string[]): string {
  const kinds = [...new Set(values)].sort();
  return kinds.map((kind) => `${String(values.filter((one) => one === kind).length)} ${kind}`).join(', ');
}

function section({ lab, mistakes }: Listed, verdicts: LabVerdicts | undefined): readonly string[] {
  const heading = ['', `## Lab ${String(lab.number)} · ${lab.in('en').title}`, ''];
  if (verdicts === undefined) return [...heading, 'Not tried on this server yet.'];
  if (verdicts.notDeployed !== undefined)
    return [...heading, `The solution could not be deployed: ${verdicts.notDeployed}`];
  return [
    ...heading,
    '| check | solution | why |',
    '|---|---|---|',
    ...lab.in('en').checks.map(({ id }) => row(`\`${id}\``, ...ofCheck(verdicts.solution[id]))),
    '',
    '| wrong submission | verdict | why |',
    '|---|---|---|',
    ...mistakes.map((name) => row(`\`${name}\``, ...ofMistake(verdicts.mistakes[name]))),
  ];
}

function ofCheck(seen: Seen | undefined): readonly [string, string] {
  if (seen === undefined) return ['not tried', ''];
  if (seen.status === 'passed') return ['passed', ''];
  if (seen.status !== 'unverified') return [seen.status, seen.why];
  const how = seen.configuration ? 'unverified, configuration checked' : 'unverified';
  return [how, because(seen.missing)];
}

function ofMistake(caught: Caught | undefined): readonly [string, string] {
  if (caught === undefined) return [words.notTried, ''];
  const word = words[caught.verdict];
  if (caught.verdict === 'unverified') return [word, because(caught.missing)];
  if (caught.verdict === 'caught')
    return caught.because === undefined ? [word, ''] : [`${word}, in other words`, caught.because];
  if (caught.verdict === 'astray') return [word, `${caught.check}: ${caught.why}`];
  return [word, 'why' in caught ? caught.why : ''];
}
