import { join } from 'node:path';
import { fetchRuntime } from '../../emulator/services/lambda/execution/runtimes.ts';
import { UserFailure } from '../session/failure.ts';
import type { Session } from '../session/session.ts';
import { withProgress } from '../terminal/progress.ts';

const texts = {
  en: {
    fetching: (major: string) => `Fetching Node.js ${major} from the npm registry`,
    has: (major: string, path: string) =>
      `Node.js ${major} is ready: functions with nodejs${major}.x run on it. (${path})`,
    unknown: (said: string) => `"${said}" is not a Node.js version that Lambda runs.`,
    which: 'Choose 22 or 24.',
    failed: (major: string) => `Node.js ${major} could not be fetched.`,
    failedNext:
      'Look at your connection to the npm registry. Without it, functions run on the Node.js that you have.',
  },
  ko: {
    fetching: (major: string) => `npm 레지스트리에서 Node.js ${major}을(를) 내려받는 중`,
    has: (major: string, path: string) =>
      `Node.js ${major} 준비 완료: nodejs${major}.x 함수가 이 버전으로 실행돼요. (${path})`,
    unknown: (said: string) => `"${said}"은(는) Lambda에서 쓰는 Node.js 버전이 아니에요.`,
    which: '22 또는 24 중에서 고르세요.',
    failed: (major: string) => `Node.js ${major}을(를) 내려받지 못했어요.`,
    failedNext: 'npm 레지스트리 연결을 확인하세요. 내려받지 못하면 지금 설치된 Node.js로 함수를 실행해요.',
  },
} as const;

/** The versions that the labs accept: `nodejs24.x` first. */
const majors = ['24', '22'];

export async function run(session: Session, args: readonly string[]): Promise<number> {
  const text = texts[session.language];
  for (const said of args)
    if (!majors.includes(said)) throw new UserFailure(text.unknown(said), { next: text.which });
  for (const major of args.length > 0 ? args : majors) {
    const path = await withProgress(text.fetching(major), () =>
      fetchRuntime(Number(major), join(session.home, 'runtimes')),
    ).catch((error: unknown) => {
      const where = error instanceof Error ? error.message : String(error);
      throw new UserFailure(text.failed(major), { where, next: text.failedNext, cause: error });
    });
    session.out(text.has(major, path));
  }
  return 0;
}
