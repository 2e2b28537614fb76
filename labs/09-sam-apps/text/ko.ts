import { answered } from '../../rest-api/text/answered.ko.ts';
import type { en } from './en.ts';
import { applications } from './applications.ko.ts';
import { operation } from './operation.ko.ts';

export const ko: typeof en = {
  title: 'SAM',

  goal: '템플릿으로 애플리케이션을 배포하고, 고치고, 확장하고, 조합하고, 흔적 없이 지워요.',

  cost: '내장 클라우드에서는 무료예요. AWS 계정에서는 1센트도 안 들어요. CloudFormation과 SAM 자체는 무료예요.',

  evidence: {
    logLine: '스택의 로그 그룹에 남은 줄',
    values: '바꿔 본 파라미터 값',
    answer: '함수의 응답',
  },

  locale: 'ko',

  answered: answered(9, 'prod'),
  ...applications,
  ...operation,
};
