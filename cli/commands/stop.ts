import { stopBackground } from '../background/background.ts';
import type { Session } from '../session/session.ts';

const texts = {
  en: {
    ended: 'The embedded cloud and the page have ended. Their state is kept.',
    none: 'Nothing was running.',
  },
  ko: {
    ended: '내장 클라우드와 페이지를 종료했어요. 상태는 그대로 남아 있어요.',
    none: '실행 중인 것이 없어요.',
  },
} as const;

export async function run(session: Session): Promise<number> {
  const text = texts[session.language];
  session.out((await stopBackground(session)) ? text.ended : text.none);
  return 0;
}
