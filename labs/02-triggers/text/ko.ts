import type { en } from './en.ts';
import { events } from './events.ko.ts';
import { queue } from './queue.ko.ts';
import { review } from './review.ko.ts';
import { stream } from './stream.ko.ts';
import { uploads } from './uploads.ko.ts';

export const ko: typeof en = {
  title: '트리거',

  goal: 'S3, SQS, DynamoDB Streams, EventBridge, 일정이 호출하는 함수 다섯 개로 주문 파이프라인을 만들어요.',

  cost: '내장 클라우드에서는 무료예요. AWS 계정에서도 실습은 1센트가 안 되지만, 일정이 계속 실행되니 끝나면 정리하세요.',

  evidence: {
    log: (name) => `${name}의 로그`,
    policy: '리소스 기반 정책',
    rolePolicy: (name) => `정책 ${name}`,
    file: (key) => `파일 ${key}`,
    row: '테이블의 행',
    rows: '테이블의 행들',
    event: '이벤트',
    answer: '응답',
    call: '이 호출의 로그',
    sent: '보낸 메시지',
    letters: '배달 못한 편지 대기열',
    before: '이전',
    after: '이후',
    made: '일어난 변경',
    schedules: '일정',
  },

  /** How a list of things is written. */
  locale: 'ko',

  ...uploads,
  ...queue,
  ...stream,
  ...events,
  ...review,
};
