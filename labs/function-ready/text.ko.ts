import { hints, say } from '../wording/wording.ts';
import { states } from './states.ko.ts';
import type { Ready } from './text.en.ts';

export const ready = (lab: number, name: string): Ready => ({
  title: states.title,
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
  notActive: (state) => states.notActive(state, ''),
  updateFailed: states.updateFailed(''),
  runtime: states.runtime,
});
