import type { en } from './en.ts';
import { operation } from './operation.ko.ts';
import { work } from './work.ko.ts';

export const ko: typeof en = {
  title: '콜드 스타트',

  goal: '핸들러 밖으로 작업을 옮기고, 진실은 테이블에 두고, 콜드 스타트의 비용을 직접 재요.',

  cost: '내장 클라우드에서는 무료예요. AWS 계정에서는 프로비저닝된 동시성이 기다리는 동안에도 요금이 나와요(이 실습에서는 시간당 약 0.008 USD). 끝나면 꼭 정리하세요.',

  evidence: {
    event: '이벤트',
    answer: '응답',
    log: '이 호출의 로그',
    report: 'REPORT 줄',
    reports: '모든 호출의 REPORT 줄',
    numbers: '각 호출이 답한 숫자',
    item: '테이블의 항목',
    configuration: 'GetFunctionConfiguration',
  },

  locale: 'ko-KR',

  ...work,
  ...operation,
};
