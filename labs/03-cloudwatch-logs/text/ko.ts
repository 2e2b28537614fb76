import type { en } from './en.ts';
import { signals } from './signals.ko.ts';
import { writing } from './writing.ko.ts';

export const ko: typeof en = {
  title: 'CloudWatch Logs',

  goal: '함수를 관찰할 수 있게 만들어요. 요청마다 로그 한 줄, 세는 필터, 울리는 경보, 찾아내는 쿼리.',

  cost: '내장 클라우드에서는 무료예요. AWS 계정에서는 경보 하나와 사용자 지정 지표 하나에, 정리할 때까지 많아야 몇 센트가 들어요.',

  evidence: {
    event: '이벤트',
    answer: '응답',
    log: '이 호출의 로그',
    lines: '로그 줄',
    configuration: 'GetFunctionConfiguration',
    logging: 'LoggingConfig',
    pattern: '패턴',
    query: '쿼리',
    rows: '결과 행',
  },

  /** How a list of things is written. */
  locale: 'ko',

  ...writing,
  ...signals,
};
