import { labs } from '../../labs/index.ts';
import type { AnyLab, TargetName } from '../../grader/api.ts';
import { ensureBackground } from '../background/background.ts';
import { findLab } from '../labs/find-lab.ts';
import { labState, type LabState } from '../labs/lab-state.ts';
import type { Session } from '../session/session.ts';
import { padEnd, widthOf } from '../../grader/reporters/width.ts';
import { tellCost } from '../target/cost.ts';
import { makeWorkspace, workspaceOf } from '../workspace/workspace.ts';
import { labFolder } from '../../workbook/progress/progress.ts';
import { relativeToHere } from '../workspace/relative.ts';

const texts = {
  en: {
    heading: 'Labs',
    points: (state: LabState) => `${state.points} of ${state.of} points`,
    new: 'not started',
    started: 'started',
    passed: 'passed',
    open: 'Open one with `npm run lab 1`.',
    lab: (number: number) => `Lab ${number}`,
    minutes: (low: number, high: number) => `${low} to ${high} minutes`,
    made: 'Your workspace is ready.',
    kept: 'Your workspace is there already; nothing in it was changed.',
    workspace: 'Workspace',
    guide: 'Guide',
    cloud: 'Cloud',
    next: 'Next',
    steps: (number: number, flags: string) => [
      'Read the guide, and open the workspace in your editor.',
      `npm run deploy ${number}${flags}`,
      `npm run grade ${number}${flags}`,
    ],
  },
  ko: {
    heading: '실습',
    points: (state: LabState) => `${state.of}점 중 ${state.points}점`,
    new: '시작 전',
    started: '진행 중',
    passed: '통과',
    open: '`npm run lab 1`처럼 번호를 붙여 시작하세요.',
    lab: (number: number) => `실습 ${number}`,
    minutes: (low: number, high: number) => `${low}~${high}분`,
    made: '작업 폴더를 만들었어요.',
    kept: '작업 폴더가 이미 있어요. 내용은 바꾸지 않았어요.',
    workspace: '작업 폴더',
    guide: '가이드',
    cloud: '클라우드',
    next: '다음',
    steps: (number: number, flags: string) => [
      '가이드를 읽고 작업 폴더를 에디터로 여세요.',
      `npm run deploy ${number}${flags}`,
      `npm run grade ${number}${flags}`,
    ],
  },
} as const;

interface Flags {
  readonly target: TargetName;
  readonly json?: boolean;
}

export async function run(session: Session, args: readonly string[], flags: Flags): Promise<number> {
  const [said] = args;
  if (said === undefined) return list(session, flags.json === true);
  return open(session, findLab(session, said), flags);
}

function list(session: Session, json: boolean): number {
  const rows = labs.map((lab) => ({ lab, spoken: lab.in(session.language), state: labState(session, lab) }));
  if (json) {
    const document = rows.map(({ lab, spoken, state }) => ({
      number: lab.number,
      slug: lab.slug,
      title: spoken.title,
      ...state,
    }));
    session.out(JSON.stringify(document, null, 2));
    return 0;
  }
  const text = texts[session.language];
  const { bold, dim, green, yellow } = session.colors;
  const widest = Math.max(...rows.map(({ spoken }) => widthOf(spoken.title)));
  session.out(`\n  ${bold(text.heading)}\n`);
  for (const { lab, spoken, state } of rows) {
    const title = padEnd(spoken.title, widest);
    const colour = { new: dim, started: yellow, passed: green }[state.state];
    const mark = { new: '·', started: '◐', passed: '✓' }[state.state];
    session.out(
      `  ${colour(mark)} ${String(lab.number).padStart(2)}  ${title}  ${colour(text[state.state])}  ${dim(text.points(state))}`,
    );
  }
  session.out(`\n  ${text.open}\n`);
  return 0;
}

async function open(session: Session, lab: AnyLab, flags: Flags): Promise<number> {
  const made = makeWorkspace(session, lab);
  const running = await ensureBackground(session);
  const spoken = lab.in(session.language);
  const guide = `${running.page ?? ''}/${session.language}/labs/${String(lab.number)}`;
  const workspace = workspaceOf(session, lab);
  if (flags.json === true) {
    session.out(
      JSON.stringify(
        { lab: lab.number, folder: labFolder(lab), made, workspace, guide, cloud: running.cloud },
        null,
        2,
      ),
    );
    return 0;
  }
  const text = texts[session.language];
  const { bold, cyan, dim } = session.colors;
  const width = Math.max(...[text.workspace, text.guide, text.cloud].map(widthOf));
  const fact = (name: string, value: string) => `  ${dim(padEnd(name, width))}  ${value}`;
  session.out(
    `\n  ${bold(`${text.lab(lab.number)} · ${spoken.title}`)}  ${dim(text.minutes(...lab.minutes))}`,
  );
  session.out(`  ${spoken.goal}\n`);
  tellCost(session, flags, lab);
  session.out(`  ${made ? text.made : text.kept}`);
  session.out(fact(text.workspace, bold(relativeToHere(workspace))));
  session.out(fact(text.guide, cyan(guide)));
  session.out(fact(text.cloud, dim(running.cloud)));
  session.out(`\n  ${bold(text.next)}`);
  const chosen = flags.target === 'embedded' ? '' : ` -- --target ${flags.target}`;
  text
    .steps(lab.number, chosen)
    .forEach((step, index) => session.out(`  ${dim(`${String(index + 1)}.`)} ${step}`));
  session.out('');
  return 0;
}
