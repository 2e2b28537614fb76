import { ready } from '../../function-ready/text.ko.ts';
import { answered } from '../../rest-api/text/answered.ko.ts';
import { books } from './books.ko.ts';
import { edge } from './edge.ko.ts';
import type { en } from './en.ts';
import { paths } from './paths.ko.ts';

export const ko: typeof en = {
  title: '메서드 라우팅',

  goal: '경로와 메서드마다 알맞은 상태 코드로 응답하고, 함수가 볼 필요 없는 요청은 게이트웨이가 거절하게 해요.',

  cost: '내장 클라우드에서는 무료예요. AWS 계정에서는 이 실습의 요청을 모두 합쳐도 1센트가 안 돼요.',

  evidence: {
    body: '보낸 본문',
    event: '이벤트',
  },

  /** How a list of things is written. */
  locale: 'ko',

  ready: ready(7, 'lab07-books'),
  answered: answered(7, 'dev'),
  ...books,
  ...paths,
  ...edge,
};
