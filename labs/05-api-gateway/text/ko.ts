import { ready } from '../../function-ready/text.ko.ts';
import { answered } from '../../rest-api/text/answered.ko.ts';
import { answering } from './answering.ko.ts';
import { building } from './building.ko.ts';
import type { en } from './en.ts';

export const ko: typeof en = {
  title: 'API Gateway',

  goal: '함수 앞에 HTTP API를 세우고, 응답 하나하나를 누가 만들었는지 구별해요.',

  cost: '내장 클라우드에서는 무료예요. AWS 계정에서는 이 실습의 요청을 모두 합쳐도 1센트가 안 돼요.',

  evidence: {
    event: '이벤트',
    log: '이 호출의 로그',
    statement: '함수 정책의 문장',
  },

  /** How a list of things is written. */
  locale: 'ko',

  ready: ready(5, 'lab05-notes'),
  answered: answered(5, 'dev'),
  ...building,
  ...answering,
};
