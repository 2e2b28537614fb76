import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { AnyLab } from '../../grader/api.ts';
import { grade } from '../../grader/grade.ts';
import { json } from '../../grader/reporters/json.ts';
import { junit } from '../../grader/reporters/junit.ts';
import { markdown } from '../../grader/reporters/markdown.ts';
import { live } from '../../grader/reporters/terminal/live.ts';
import { exitStatus, type Result } from '../../grader/result/result.ts';
import { saveResult } from '../../grader/result/store.ts';
import { deployWorkspace } from '../deploy/deploy-workspace.ts';
import { findWorkspace, startedLabs } from '../labs/find-lab.ts';
import { UserFailure } from '../session/failure.ts';
import { reportFailure } from '../session/report-failure.ts';
import type { Session } from '../session/session.ts';
import { tellCost } from '../target/cost.ts';
import { openTarget, type OpenedTarget, type TargetFlags } from '../target/open-target.ts';
import { workspaceOf } from '../workspace/workspace.ts';
import { watchSaves, type Saves } from '../workspace/on-save.ts';

const texts = {
  en: {
    noneStarted: 'No lab has been started yet.',
    start: 'npm run lab 1',
    noReporter: (said: string) => `"${said}" is not a report that can be written.`,
    reporters: (names: string) => `Write it as name=file, with one of: ${names}.`,
    watching: 'Watching your files. Save one to deploy and grade again; Ctrl+C ends it.',
    watchOne: 'To watch, name one lab.',
    watchNext: 'npm run grade 1 -- --watch',
    next: (number: number) => `Compare with the solution: npm run solution ${number}`,
  },
  ko: {
    noneStarted: '아직 시작한 실습이 없어요.',
    start: 'npm run lab 1',
    noReporter: (said: string) => `"${said}" 보고서는 만들 수 없어요.`,
    reporters: (names: string) => `이름=파일 형식으로 쓰세요. 쓸 수 있는 이름: ${names}`,
    watching: '파일을 지켜보고 있어요. 저장하면 다시 배포하고 채점해요. Ctrl+C로 끝내요.',
    watchOne: '지켜보려면 실습 하나를 지정하세요.',
    watchNext: 'npm run grade 1 -- --watch',
    next: (number: number) => `풀이와 비교하기: npm run solution ${number}`,
  },
} as const;

/** Formats that a result can be written in besides the terminal. */
const reporters: Readonly<Record<string, (result: Result) => string>> = { json, junit, markdown };

interface Flags extends TargetFlags {
  readonly json?: boolean;
  readonly watch?: boolean;
  readonly seed?: string;
  readonly reporter?: readonly string[];
}

export async function run(session: Session, args: readonly string[], flags: Flags): Promise<number> {
  const text = texts[session.language];
  const [said] = args;
  const labs = said === undefined ? startedLabs(session) : [findWorkspace(session, said).lab];
  if (labs.length === 0) throw new UserFailure(text.noneStarted, { next: text.start });
  const reports = reportsOf(session, flags.reporter ?? []);
  const [only, ...more] = labs;
  if (flags.watch === true && (only === undefined || more.length > 0))
    throw new UserFailure(text.watchOne, { next: text.watchNext });

  for (const lab of labs) tellCost(session, flags, lab);
  const opened = await openTarget(session, flags, { mutates: true });
  // From before the first grading: what is saved while it runs counts, too.
  const saves =
    flags.watch === true && only !== undefined ? watchSaves(workspaceOf(session, only)) : undefined;
  try {
    const results: Result[] = [];
    for (const lab of labs) results.push(await gradeOne(session, lab, opened, flags));
    if (flags.json === true)
      session.out(json(results.length === 1 && results[0] ? results[0] : (results as never)).trimEnd());
    for (const { name, file } of reports) {
      const render = reporters[name];
      // One file for one lab: with several, the lab's number stands before its ending.
      for (const result of results)
        if (render)
          writeFileSync(results.length === 1 ? file : numbered(file, result.lab.number), render(result));
    }
    if (saves !== undefined && only !== undefined) await watch(session, only, saves, opened, flags);
    return Math.max(...results.map((result) => exitStatus(result)));
  } finally {
    opened.target.close();
  }
}

async function gradeOne(session: Session, lab: AnyLab, opened: OpenedTarget, flags: Flags): Promise<Result> {
  const workspace = workspaceOf(session, lab);
  const stopping = new AbortController();
  // Ctrl+C ends the run in order: what the grader changed on the target is put back first.
  const interrupt = () => {
    stopping.abort();
    process.once('SIGINT', () => process.exit(130));
  };
  process.once('SIGINT', interrupt);
  try {
    const show = live({
      color: session.colors.isColorSupported,
      width: Math.min(process.stdout.columns || 80, 100),
      language: session.language,
      rewritable: process.stdout.isTTY,
    });
    const result = await grade({
      lab,
      submission: workspace,
      target: opened.target,
      caller: opened.caller,
      language: session.language,
      prefix: session.env.LAB_PREFIX ?? '',
      signal: stopping.signal,
      ...(flags.seed === undefined ? {} : { seed: seedOf(flags.seed) }),
      ...(flags.json === true ? {} : { onEvent: (event) => void process.stdout.write(show(event)) }),
    });
    saveResult(workspace, result);
    if (flags.json !== true && exitStatus(result) === 0)
      session.out(`  ${session.colors.green(texts[session.language].next(lab.number))}\n`);
    return result;
  } finally {
    process.off('SIGINT', interrupt);
  }
}

/** A seed is a whole number as it is, or any text by its hash. */
function seedOf(said: string): number {
  const number = Number(said);
  if (Number.isInteger(number) && number >= 0 && number <= 0xffff_ffff) return number;
  return createHash('sha256').update(said).digest().readUInt32BE(0);
}

function reportsOf(session: Session, said: readonly string[]): { name: string; file: string }[] {
  return said.map((each) => {
    const at = each.indexOf('=');
    const name = each.slice(0, Math.max(at, 0));
    if (at < 1 || !Object.hasOwn(reporters, name) || at === each.length - 1) {
      const text = texts[session.language];
      throw new UserFailure(text.noReporter(each), {
        next: text.reporters(Object.keys(reporters).join(', ')),
      });
    }
    return { name, file: resolve(session.env.INIT_CWD ?? process.cwd(), each.slice(at + 1)) };
  });
}

const numbered = (file: string, lab: number): string => file.replace(/(\.[^./\\]+)?$/, `-${String(lab)}$1`);

/** Deploys and grades again whenever a file is saved, until the command is ended. */
async function watch(
  session: Session,
  lab: AnyLab,
  saves: Saves,
  opened: OpenedTarget,
  flags: Flags,
): Promise<never> {
  const { dim } = session.colors;
  session.out(dim(texts[session.language].watching));
  for (;;) {
    session.out(dim(await saves.next()));
    try {
      await deployWorkspace(session, workspaceOf(session, lab), opened, { quiet: true });
      await gradeOne(session, lab, opened, flags);
    } catch (error) {
      // A mistake while editing is the usual case: shown, and the next save is another try.
      reportFailure(session, error);
    }
  }
}
