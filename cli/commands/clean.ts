import { findApplication } from '../applications/application.ts';
import { removeApplication } from '../applications/remove-application.ts';
import { applicationTexts } from '../applications/text.ts';
import type { Application } from '../deploy/application/applications.ts';
import type { AnyLab, LabResources, ResourceKind } from '../../grader/api.ts';
import { poll } from '../../grader/run/until.ts';
import { findLab } from '../labs/find-lab.ts';
import { resourceName } from '../labs/resource-name.ts';
import type { Session } from '../session/session.ts';
import { openTarget, type TargetFlags } from '../target/open-target.ts';
import type { Target } from '../../grader/targets/target.ts';
import { leftByTrials, listed, startOf } from '../target/removal/listing.ts';
import { leftOf, removeResources, type Named } from '../target/removal/remove-resources.ts';
import { withProgress } from '../terminal/progress.ts';
import { UserFailure } from '../session/failure.ts';

const texts = {
  en: {
    removing: 'Removing the resources of the lab',
    kinds: {
      functions: 'function',
      logGroups: 'log group',
      roles: 'role',
      buckets: 'bucket',
      queues: 'queue',
      topics: 'topic',
      tables: 'table',
      streams: 'stream',
      rules: 'rule',
      schedules: 'schedule',
      alarms: 'alarm',
      restApis: 'REST API',
      apiKeys: 'API key',
      usagePlans: 'usage plan',
      stacks: 'stack',
    } satisfies Record<ResourceKind, string>,
    removed: (kind: string, name: string) => `removed  ${kind} ${name}`,
    nothing: 'There was nothing to remove.',
    trial: (kind: string, name: string) =>
      `removed  ${kind} ${name}, which a grading that was ended had left`,
    clean: 'Nothing of this lab is left on the target.',
    listed: (start: string) => `Listed again: nothing there has a name that begins with ${start}`,
    others: (names: string) => `Left alone, because this lab does not make it: ${names}.`,
    othersNext: 'If it is yours, delete it yourself: only names of the lab are ever removed here.',
    unlisted: (why: string) => `The target could not be asked for everything by its name: ${why}`,
    left: (names: string) => `Still there: ${names}.`,
    leftNext: 'Run the command again; on a real account a deletion can take a minute to be seen.',
  },
  ko: {
    removing: '실습 리소스를 지우는 중',
    kinds: {
      functions: '함수',
      logGroups: '로그 그룹',
      roles: '역할',
      buckets: '버킷',
      queues: '대기열',
      topics: '주제',
      tables: '테이블',
      streams: '스트림',
      rules: '규칙',
      schedules: '일정',
      alarms: '경보',
      restApis: 'REST API',
      apiKeys: 'API 키',
      usagePlans: '사용량 계획',
      stacks: '스택',
    } satisfies Record<ResourceKind, string>,
    removed: (kind: string, name: string) => `삭제  ${kind} ${name}`,
    nothing: '지울 것이 없었어요.',
    trial: (kind: string, name: string) => `삭제  중단된 채점이 남긴 ${kind} ${name}`,
    clean: '대상에 이 실습의 리소스가 남아 있지 않아요.',
    listed: (start: string) => `목록을 다시 조회해 보니 이름이 ${start}로 시작하는 리소스가 없어요.`,
    others: (names: string) => `이 실습에서 만드는 리소스가 아니라서 그대로 두었어요: ${names}`,
    othersNext: '직접 만든 것이라면 직접 지워 주세요. 이 명령은 실습에서 쓰는 이름만 지워요.',
    unlisted: (why: string) => `대상에서 이름 목록을 모두 조회하지는 못했어요: ${why}`,
    left: (names: string) => `아직 남아 있어요: ${names}`,
    leftNext: '다시 실행해 보세요. 실제 계정에서는 삭제가 보이기까지 1분쯤 걸릴 수 있어요.',
  },
} as const;

export async function run(session: Session, args: readonly string[], flags: TargetFlags): Promise<number> {
  const own = findApplication(session, args[0] ?? '');
  if (own !== undefined) return cleanApplication(session, own, flags);
  const lab = findLab(session, args[0] ?? '');
  const text = texts[session.language];
  const { target, caller } = await openTarget(session, flags, { mutates: true });
  try {
    const resources: LabResources = Object.fromEntries(
      Object.entries(lab.resources).map(([kind, names]) => [
        kind,
        names.map((name) => resourceName(session, name, caller.account)),
      ]),
    );
    const removed = await withProgress(text.removing, () => removeResources(target.pool, resources));
    for (const each of removed) session.out(text.removed(text.kinds[each.kind], each.name));
    if (removed.length === 0) session.out(text.nothing);
    let left: readonly Named[] = [];
    const look = async () => {
      left = await leftOf(target.pool, resources);
      if (left.length === 0) return true;
      // A function that is deleted while an environment of it starts still writes a line, and its log group with it.
      await removeResources(target.pool, resources);
      return undefined;
    };
    await withProgress(text.removing, () =>
      poll(look, target.deadlines.deployment, new AbortController().signal),
    );
    if (left.length > 0) {
      const names = left.map((each) => `${text.kinds[each.kind]} ${each.name}`).join(', ');
      throw new UserFailure(text.left(names), { next: text.leftNext, status: 1 });
    }
    session.out(text.clean);
    await removeTrials(session, target);
    await tellOthers(session, target, lab);
    return 0;
  } finally {
    target.close();
  }
}

/** What a server cannot list is no failure of the removal: nothing says that there is anything. */
async function removeTrials(session: Session, { pool }: Target): Promise<void> {
  const text = texts[session.language];
  try {
    const left = await leftByTrials(pool, session.env.LAB_PREFIX ?? '');
    const removed = await withProgress(text.removing, () => removeResources(pool, left));
    for (const each of removed) session.out(text.trial(text.kinds[each.kind], each.name));
  } catch (error) {
    session.err(text.unlisted(error instanceof Error ? `${error.name}: ${error.message}` : String(error)));
  }
}

/**
 * Proves it by the target's own lists, and tells of what begins as the lab's names do and is none of them. What a
 * server cannot list is no failure of the removal, which has asked for each name.
 */
async function tellOthers(session: Session, target: Target, lab: AnyLab): Promise<void> {
  const text = texts[session.language];
  const start = startOf(session.env.LAB_PREFIX ?? '', lab.number);
  try {
    const others = await withProgress(text.removing, () => listed(target.pool, lab.resources, start));
    if (others.length === 0) {
      session.out(session.colors.dim(text.listed(start)));
      return;
    }
    session.out(text.others(others.map((each) => `${text.kinds[each.kind]} ${each.name}`).join(', ')));
    session.out(`  → ${text.othersNext}`);
  } catch (error) {
    session.err(text.unlisted(error instanceof Error ? `${error.name}: ${error.message}` : String(error)));
  }
}

async function cleanApplication(session: Session, own: Application, flags: TargetFlags): Promise<number> {
  const text = applicationTexts[session.language];
  const { target, caller } = await openTarget(session, flags, { mutates: true });
  try {
    const prefix = session.env.LAB_PREFIX ?? '';
    const there = await withProgress(text.removing, () =>
      removeApplication(target.pool, own, prefix, caller.account),
    );
    session.out(there ? text.removed(own.stackName) : text.nothing(own.stackName));
    return 0;
  } finally {
    target.close();
  }
}
