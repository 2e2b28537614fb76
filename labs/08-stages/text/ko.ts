import { ready } from '../../function-ready/text.ko.ts';
import { answered } from '../../rest-api/text/answered.ko.ts';
import { say } from '../../wording/wording.ts';
import { building } from './building.ko.ts';
import type { en } from './en.ts';
import { releasing } from './releasing.ko.ts';

export const ko: typeof en = {
  title: '스테이지',

  goal: '변경을 일부에게, 그다음 모두에게 릴리스하고, 한 번에 되돌리고, 옛 클라이언트는 그대로 둬요.',

  cost: '내장 클라우드에서는 무료예요. AWS 계정에서는 이 실습의 요청을 모두 합쳐도 1센트가 안 돼요.',

  evidence: {
    statement: '별칭 정책의 문장',
    read: (file) => `${file}에서 배포 ID가 있는 줄`,
  },

  /** How a list of things is written. */
  locale: 'ko',

  ready: ready(8, 'lab08-shop'),
  answered: {
    ...answered(8, 'dev'),
    unknown: (route) =>
      say(
        `\`${route}\`의 응답이 “Missing Authentication Token”이에요. 스테이지가 가리키는 배포에 그런 메서드가 없어요.`,
        '스테이지가 어느 배포를 보여 주는지(`GetStage`), 그 배포를 만들 때 API에 무엇이 있었는지 확인하세요.',
      ),
  },
  ...building,
  ...releasing,
};
