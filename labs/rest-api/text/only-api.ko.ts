import { say } from '../../wording/wording.ts';
import type { OnlyApi } from './only-api.en.ts';

export const onlyApi = (lab: number): OnlyApi => ({
  missing: (name) =>
    say(
      `이 리전에 \`${name}\` REST API가 없어요.`,
      `\`npm run deploy ${lab}\` 명령을 실행하세요. HTTP API는 종류가 달라서 여기서는 해당하지 않아요.`,
    ),
  several: (name, count) =>
    say(
      `이름이 \`${name}\`인 REST API가 ${count}개 있어요. 이름은 키가 아니라서 만들 때마다 하나씩 늘어나고, 클라이언트가 어느 것을 쓰는지 아무도 몰라요.`,
      '필요 없는 것을 지우고, 만들기 전에 이미 있는지 먼저 찾아보세요.',
    ),
  noStage: (stage) =>
    say(
      `API에 \`${stage}\` 스테이지가 없어요. 모든 경로가 스테이지로 시작하니 클라이언트가 API에 닿을 수 없어요.`,
      `스테이지 이름을 \`${stage}\`로 해서 배포를 만드세요.`,
    ),
});
