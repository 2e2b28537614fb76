import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AnyLab } from '../../grader/api.ts';
import type { Prober } from '../../grader/probes/prober.ts';
import type { Target } from '../../grader/targets/target.ts';
import type { Deployment } from '../../cli/deploy/run-deployment.ts';
import { copyFigures } from '../../labs/proof/copy-figures.ts';
import { makeMistake, mistakesIn, type Mistake } from '../../labs/proof/mistakes.ts';
import { studentAt, type ByHand, type Student } from '../../labs/proof/student.ts';
import { projectRoot } from '../root.ts';
import { counted } from './page.ts';
import { caughtIn, seenIn, type Caught, type LabVerdicts } from './verdicts.ts';

/** The keys that every student of such a server has. */
const key = { accessKeyId: 'test', secretAccessKey: 'test' } as const;
/** What a student does by hand between deployment and grading, by the lab's number. */
const byHand: Readonly<Record<number, ByHand>> = { 4: copyFigures };

export interface Trying {
  readonly endpoint: string;
  /** Whose the keys `test` are there: twelve digits. */
  readonly account: string;
  readonly prober: Prober;
  /** Submissions that are tried at once. */
  readonly jobs: number;
  /** Mistakes of each lab, spread over the list. */
  readonly mistakes: number;
  /** Only the mistakes whose name has one of these in it: `broken,late`. */
  readonly named?: string | undefined;
  readonly tell: (line: string) => void;
}

export const folderOf = ({ number, slug }: Pick<AnyLab, 'number' | 'slug'>): string =>
  `${String(number).padStart(2, '0')}-${slug}`;

export const mistakesOf = (lab: Pick<AnyLab, 'number' | 'slug'>): readonly Mistake[] =>
  mistakesIn(join(projectRoot(), 'labs', folderOf(lab), 'mistakes'));

/** Deploys and grades the solution and wrong submissions of a lab on a server, each under a prefix of its own. */
export async function tryLab(lab: AnyLab, trying: Trying): Promise<LabVerdicts> {
  const home = mkdtempSync(join(tmpdir(), 'coldstart-targets-'));
  const targets: Target[] = [];
  let students = 0;
  const student = (): { readonly who: Student; readonly prefix: string } => {
    students += 1;
    // As students do who share an account: their labs do not meet.
    const prefix = `t${String(students)}-`;
    const who = studentAt(
      {
        name: 'localstack',
        endpoint: trying.endpoint,
        ...key,
        account: trying.account,
        prefix,
        home,
      },
      (target) => targets.push(target),
    );
    return { who, prefix };
  };
  const deployed = async (who: Student, name: string, mistake?: string): Promise<[string, Deployment]> => {
    const workspace = join(home, name);
    cpSync(join(projectRoot(), 'solutions', folderOf(lab)), workspace, { recursive: true });
    if (mistake !== undefined) makeMistake(mistake, workspace);
    const deployment = await who.deploy(workspace);
    const hand = byHand[lab.number];
    if (deployment.outcome === 'done' && hand !== undefined) await who.act(hand, workspace);
    return [workspace, deployment];
  };
  /** Removes what a submission has left, as `npm run clean` does. */
  const cleaned = async (who: Student, name: string) => {
    const left = await who.clean(lab);
    if (left.length > 0) trying.tell(`${name}: left after clean: ${JSON.stringify(left)}`);
  };

  try {
    const solve = async (): Promise<Omit<LabVerdicts, 'mistakes'>> => {
      const { who } = student();
      const [workspace, deployment] = await deployed(who, 'solution');
      if (deployment.outcome !== 'done') return { solution: {}, notDeployed: saidBy(deployment) };
      const { checks } = await who.grade(lab, workspace, 'en', { prober: trying.prober });
      await cleaned(who, 'solution');
      const solution = Object.fromEntries(checks.map((check) => [check.id, seenIn(check)]));
      trying.tell(`solution: ${counted(Object.values(solution).map(({ status }) => status))}`);
      return { solution };
    };
    // Beside the others: a lab may take minutes of waiting, and what it comes to is needed at the end of each.
    const solving = solve();

    const found = new Map<string, Caught>();
    const waiting = chosen(lab, trying);
    const one = async (mistake: Mistake): Promise<Caught> => {
      const { who: own, prefix } = student();
      const [folder, done] = await deployed(own, mistake.name, mistake.folder);
      if (done.outcome !== 'done') return { verdict: 'notDeployed', why: saidBy(done) };
      const { check, elsewhere } = mistake;
      const only = elsewhere === undefined ? [check] : [check, elsewhere.check];
      const result = await own.grade(lab, folder, 'en', { prober: trying.prober, only });
      await cleaned(own, mistake.name);
      return caughtIn(result, mistake, (await solving).solution[check], prefix);
    };
    const take = async (): Promise<void> => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const caught = await one(next);
        trying.tell(`${next.name}: ${caught.verdict}${'why' in caught ? `: ${caught.why}` : ''}`);
        found.set(next.name, caught);
      }
    };
    const [solved] = await Promise.all([solving, ...Array.from({ length: trying.jobs }, take)]);
    const mistakes = Object.fromEntries([...found].sort(([a], [b]) => a.localeCompare(b, 'en')));
    return { ...solved, mistakes };
  } finally {
    for (const target of targets) target.close();
    rmSync(home, { recursive: true, force: true, maxRetries: 3 });
  }
}

function chosen(lab: AnyLab, { mistakes, named = '' }: Trying): Mistake[] {
  const wanted = named.split(',');
  const all = mistakesOf(lab).filter(({ name }) => wanted.some((part) => name.includes(part)));
  const step = Math.max(1, all.length / Math.max(1, mistakes));
  return mistakes === 0 ? [] : all.filter((_, at) => Math.floor(at / step) !== Math.floor((at - 1) / step));
}

function saidBy(deployment: Deployment): string {
  switch (deployment.outcome) {
    case 'threw':
      return `${deployment.thrown.name}: ${deployment.thrown.message}`;
    case 'ended':
      return String(deployment.status);
    case 'unreadable':
      return deployment.mistakes.map(({ message }) => message).join('; ');
    case 'missing':
    case 'done':
      return deployment.outcome;
  }
}
