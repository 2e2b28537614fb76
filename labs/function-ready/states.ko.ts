import { say } from '../wording/wording.ts';
import type * as english from './states.en.ts';

export const states: typeof english.states = {
  title: '지원되는 런타임에서 Active 상태인 함수',
  notActive: (state, reason) =>
    say(
      `함수 상태가 \`${state}\`예요${reason === '' ? '' : ` (${reason})`}. Lambda는 \`Active\` 상태인 함수만 호출해요.`,
      '다시 배포하고, `Active`가 된 다음 채점하세요.',
    ),
  updateFailed: (reason) =>
    say(
      `함수의 마지막 업데이트가 \`Failed\`로 끝났어요${reason === '' ? '' : ` (${reason})`}. 지금은 이전 코드나 이전 구성이 실행되고 있어요.`,
      '원인을 고치고 다시 배포하세요.',
    ),
  runtime: (runtime) =>
    say(
      `함수가 \`${runtime}\`에서 실행되고 있어요. 이 실습에는 AWS가 아직 지원하는 Node.js 런타임이 필요해요.`,
      '런타임을 `nodejs24.x`로 바꾸고 다시 배포하세요.',
    ),
};

export const image: typeof english.image = say(
  '컨테이너 이미지로 만든 함수예요. 이 실습은 zip 패키지와 관리형 런타임을 다뤄요.',
  '함수를 지우고 `deploy.ts`처럼 zip으로 다시 만드세요.',
);
