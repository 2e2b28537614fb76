import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { UserFailure } from '../session/failure.ts';
import type { Session } from '../session/session.ts';
import type { OpenedTarget } from '../target/open-target.ts';
import { withProgress } from '../terminal/progress.ts';
import { deployApplications, type Choice } from './deploy-applications.ts';
import { runDeployment, type Deployment } from './run-deployment.ts';
import { unreadable } from './source-mistakes.ts';

const texts = {
  en: {
    running: 'Running deploy.ts',
    missing: 'There is no deploy.ts in the workspace.',
    missingNext: 'Put it back, or begin again with `npm run reset`.',
    threw: (name: string, message: string) => `deploy.ts stopped with ${name}: ${message}`,
    request: (id: string) => `request ${id}`,
    threwNext: 'Read the message above; it comes from your script or from AWS.',
    ended: (status: number | string) => `deploy.ts ended with status ${status}.`,
    endedNext: 'Read what it printed above.',
  },
  ko: {
    running: 'deploy.ts 실행 중',
    missing: '작업 폴더에 deploy.ts가 없어요.',
    missingNext: '파일을 되돌리거나 `npm run reset`으로 다시 시작하세요.',
    threw: (name: string, message: string) => `deploy.ts가 ${name} 오류로 멈췄어요: ${message}`,
    request: (id: string) => `요청 ${id}`,
    threwNext: '위 메시지를 읽어 보세요. 여러분의 스크립트나 AWS가 보낸 것이에요.',
    ended: (status: number | string) => `deploy.ts가 상태 ${status}(으)로 끝났어요.`,
    endedNext: '위에 출력된 내용을 확인하세요.',
  },
} as const;

/**
 * Runs a workspace's deployment and shows what it prints: its own `deploy.ts`, or where there is none, the deployment
 * of its applications.
 * @throws UserFailure with file and line where it fails
 */
export async function deployWorkspace(
  session: Session,
  workspace: string,
  at: Pick<OpenedTarget, 'env' | 'marks'>,
  choice: Choice = {},
): Promise<void> {
  const text = texts[session.language];
  const { quiet = false } = choice;
  if (!existsSync(join(workspace, 'deploy.ts'))) return deployApplications(session, workspace, at, choice);
  const work = () =>
    runDeployment({
      workspace,
      ...at,
      ...(quiet ? {} : { onOutput: (chunk: string) => void process.stdout.write(chunk) }),
    });
  // The script says itself what it does; a line of ours in between would tear its output.
  const deployment = quiet ? await withProgress(text.running, work) : await work();
  if (deployment.outcome === 'done') return;
  if (quiet && deployment.output !== '') session.err(deployment.output.trimEnd());
  throw failureOf(session, deployment);
}

function failureOf(session: Session, deployment: Exclude<Deployment, { outcome: 'done' }>): UserFailure {
  const text = texts[session.language];
  switch (deployment.outcome) {
    case 'missing':
      return new UserFailure(text.missing, { next: text.missingNext });
    case 'unreadable':
      return unreadable(session, deployment.mistakes);
    case 'threw': {
      const { thrown } = deployment;
      const where = [thrown.at, thrown.requestId === undefined ? undefined : text.request(thrown.requestId)];
      return new UserFailure(text.threw(thrown.name, thrown.message), {
        status: 1,
        next: text.threwNext,
        where: where.filter((part) => part !== undefined).join(' · ') || 'deploy.ts',
        ...(session.debug ? { cause: thrown.stack } : {}),
      });
    }
    case 'ended':
      return new UserFailure(text.ended(deployment.status), { status: 1, next: text.endedNext });
  }
}
