import { hints, say } from '../wording/wording.ts';
import type { Ready } from './text.en.ts';

export const ready = (lab: number, name: string): Ready => ({
  title: '지원되는 런타임에서 Active 상태인 함수',
  hints: hints(
    '함수는 배포가 끝나야 생겨요. 배포가 끝까지 실행됐나요?',
    `스타터는 고치지 않아도 배포돼요. \`npm run deploy ${lab}\` 명령을 실행하고 출력된 줄을 읽어 보세요.`,
    `\`npm run deploy ${lab}\` 명령을 실행하세요. 직접 배포한다면 이름은 \`${name}\`, 런타임은 \`nodejs24.x\`예요.`,
  ),
  missing: (missing) =>
    say(
      `이 리전에 \`${missing}\` 함수가 없어요.`,
      `\`npm run deploy ${lab}\` 명령을 실행한 뒤 다시 채점하세요.`,
    ),
  notActive: (state) =>
    say(
      `함수 상태가 \`${state}\`예요. Lambda는 \`Active\` 상태인 함수만 호출해요.`,
      '다시 배포하고, `Active`가 된 다음 채점하세요.',
    ),
  updateFailed: say(
    '함수의 마지막 업데이트가 `Failed`로 끝났어요. 지금은 이전 코드나 이전 구성이 실행되고 있어요.',
    '원인을 고치고 다시 배포하세요.',
  ),
  runtime: (runtime) =>
    say(
      `함수가 \`${runtime}\`에서 실행되고 있어요. 이 실습에는 AWS가 아직 지원하는 Node.js 런타임이 필요해요.`,
      '런타임을 `nodejs24.x`로 바꾸고 다시 배포하세요.',
    ),
});
