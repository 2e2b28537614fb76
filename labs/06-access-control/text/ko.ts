import { ready } from '../../function-ready/text.ko.ts';
import { answered } from '../../rest-api/text/answered.ko.ts';
import type { en } from './en.ts';
import { keys } from './keys.ko.ts';
import { tokens } from './tokens.ko.ts';

export const ko: typeof en = {
  title: '접근 제어',

  goal: 'API를 누가, 얼마나 자주 호출할 수 있는지 정해요. API 키와 사용량 계획, bearer 토큰과 권한 부여자를 써요.',

  cost: '내장 클라우드에서는 무료예요. AWS 계정에서는 이 실습의 요청을 모두 합쳐도 1센트가 안 돼요.',

  evidence: {
    statement: '함수 정책의 문장',
    log: '이 호출의 로그',
    event: '이벤트',
    verdict: '권한 부여자의 응답',
  },

  /** How a list of things is written. */
  locale: 'ko',

  ready: ready(6, 'lab06-reports'),
  answered: answered(6, 'dev'),
  ...keys,
  ...tokens,
};
