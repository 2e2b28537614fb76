import { behaviour } from './behaviour.ko.ts';
import { deployment } from './deployment.ko.ts';
import type { en } from './en.ts';

export const ko: typeof en = {
  title: '첫 핸들러',

  goal: 'TypeScript 핸들러를 번들링하고, 역할과 구성을 붙이고, 호출하고, 로그를 읽어요.',

  cost: '내장 클라우드에서는 무료예요. AWS 계정에서는 1센트도 들지 않고, 대부분 무료 사용량 안에 들어가요.',

  evidence: {
    event: '이벤트',
    answer: '응답',
    log: '이 호출의 로그',
    files: '패키지의 파일',
    policy: (name) => `정책 ${name}`,
    trust: '신뢰 정책',
    configuration: 'GetFunctionConfiguration',
    variables: '복사본의 환경 변수',
  },

  is: {
    text: '문자열',
    number: '숫자',
    array: '배열',
    nothing: '없음',
    boolean: '참/거짓 값',
    object: '객체',
  },

  /** How a list of things is written. */
  locale: 'ko',

  anyone: '누구나(`*`)',

  ...deployment,
  ...behaviour,
};
