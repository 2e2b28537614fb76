import type { StageName } from '../names.ts';

export type Action = 'deploy' | 'canary' | 'promote' | 'rollback';

/** One event of the changelog: a line that names a deployment of the API. */
export interface Entry {
  readonly line: string;
  readonly stage: StageName | undefined;
  readonly action: Action;
  /** The deployments that the line names. */
  readonly deployments: readonly string[];
}

// The strongest word decides: a promotion may speak of the canary, and a way back of the promotion.
const words: readonly (readonly [Action, RegExp])[] = [
  ['rollback', /\broll(ed|ing)?[ -]?back|롤백|되돌/i],
  ['promote', /\bpromot|승격/i],
  ['canary', /\bcanary|카나리/i],
];
const stages: readonly (readonly [StageName, RegExp])[] = [
  ['prod', /\bprod(uction)?\b/i],
  ['dev', /\bdev(elopment)?\b/i],
];

/**
 * Reads a changelog line by line, whatever its form: a table, a list or sentences. What a line does not say of stage
 * and action, the heading above it may say.
 * @param known the ids of all deployments of the API; a line with none of them is no event
 */
export function entriesIn(markdown: string, known: ReadonlySet<string>): Entry[] {
  const entries: Entry[] = [];
  let heading = '';
  for (const line of markdown.split(/\r?\n/)) {
    if (line.startsWith('#')) heading = line;
    const deployments = [...new Set(line.split(/[^A-Za-z0-9]+/))].filter((word) => known.has(word));
    if (deployments.length === 0) continue;
    entries.push({
      line,
      stage: said(stages, line) ?? said(stages, heading),
      action: said(words, line) ?? said(words, heading) ?? 'deploy',
      deployments,
    });
  }
  return entries;
}

const said = <Meaning>(
  meanings: readonly (readonly [Meaning, RegExp])[],
  text: string,
): Meaning | undefined => meanings.find(([, pattern]) => pattern.test(text))?.[0];
