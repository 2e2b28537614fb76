import { hints, say } from '../../wording/wording.ts';
import type { releasing as english } from './releasing.en.ts';

export const releasing: typeof english = {
  promotion: {
    title: 'prod에서 승격된 두 번째 릴리스',
    hints: hints(
      '카나리는 시험이에요. 잘 끝난다는 것은 어떤 걸까요?',
      '카나리의 것 두 가지가 스테이지의 것이 돼요. 배포와 변수예요. 그다음 카나리를 없애요.',
      'UpdateStage에서 `/canarySettings/deploymentId`를 `/deploymentId`로, `/canarySettings/stageVariableOverrides`를 `/variables`로 `copy`하고, `/canarySettings`를 `remove`하세요.',
    ),
    canaryLeft: (percent) =>
      say(
        `\`prod\` 스테이지에 아직 카나리가 있고 요청의 ${percent} %를 받아요. 릴리스한 것도 거둬들인 것도 아니에요.`,
        '승격하고 `/canarySettings`를 지우세요.',
      ),
    oldDeployment: (deployment, route) =>
      say(
        `\`prod\` 스테이지가 보여 주는 배포(\`${deployment}\`)에는 \`${route}\`가 없어요. 두 번째 릴리스가 나가지 않았어요.`,
        '`prod`가 두 번째 릴리스의 배포를 가리키게 하세요.',
      ),
    oldAlias: (alias) =>
      say(
        `\`prod\` 스테이지는 새 배포를 가리키면서 여전히 옛 별칭(\`${alias}\`)을 호출해요. 배포에는 변수가 들어 있지 않아요. 릴리스의 절반만 승격됐어요.`,
        '카나리의 변수도 `/canarySettings/stageVariableOverrides`에서 `/variables`로 복사하세요. `CHANGELOG.md`에서 카나리부터의 줄을 지우면 `deploy.ts`가 다시 해요.',
      ),
  },

  together: {
    title: '함께 있는 /v1과 /v2, 아무것도 모르는 옛 클라이언트',
    hints: hints(
      '/v1의 클라이언트는 1년 전에 만들어졌어요. 숫자가 있던 자리에 객체가 오면 어떻게 될까요?',
      '새 형식에는 새 경로가 있어요. 옛 경로는 새 코드에서도 늘 하던 대로 응답해요.',
      '`/v1/quote`는 `{ item, total: 3600 }`, `/v2/quote`는 `{ item, total: { amount: 3600, currency: "KRW" } }`로 응답해요.',
    ),
    v1Gone: (stage) =>
      say(
        `\`${stage}\` 스테이지가 이제 \`GET /v1/quote\`를 몰라요. 클라이언트들이 하루아침에 403을 받아요.`,
        '다음 릴리스의 배포에도 그 리소스와 메서드를 남겨 두세요.',
      ),
    v1Changed: (stage) =>
      say(
        `\`${stage}\`의 \`GET /v1/quote\`에서 total이 객체가 됐어요. 숫자로 계산하던 클라이언트가 깨져요. 옛 경로에서 일어난, 호환성이 깨지는 변경이에요.`,
        '`/v1/quote`는 첫 번째 릴리스처럼 응답하게 하고, 새 형식은 `/v2/quote`에 두세요.',
      ),
    v1Text: (stage) =>
      say(
        `\`${stage}\`의 \`GET /v1/quote\`에서 total이 텍스트가 됐어요. 똑같아 보이지만, 더하기를 하는 클라이언트는 다른 값을 얻어요.`,
        '숫자로 응답하세요.',
      ),
    v1Wrong: (stage) =>
      say(
        `\`${stage}\`의 \`GET /v1/quote\` 응답이 클라이언트에게 약속한 것과 달라요.`,
        '받은 `item`을 그대로, 가격 × 개수를 숫자 `total`로 돌려주세요.',
      ),
    v2Missing: (stage) =>
      say(
        `\`${stage}\` 스테이지가 \`GET /v2/quote\`를 몰라요.`,
        '두 번째 릴리스의 배포를 만들기 전에 메서드를 만드세요.',
      ),
    v2Old: (stage) =>
      say(
        `\`${stage}\`의 \`GET /v2/quote\`가 /v1의 형식으로 응답해요.`,
        '`/v2/quote`에서는 total을 `{ amount, currency: "KRW" }`로 돌려주세요.',
      ),
    v2Wrong: (stage) =>
      say(
        `\`${stage}\`의 \`GET /v2/quote\` 응답이 두 번째 릴리스의 것이 아니에요.`,
        '가격 × 개수를 amount로 해서 `{ item, total: { amount, currency: "KRW" } }`를 돌려주세요.',
      ),
  },

  rollback: {
    title: '첫 번째 릴리스로 돌아가는 길',
    hints: hints(
      '새벽 세 시에 오늘 릴리스가 고장 났어요. 무엇이 필요할까요?',
      '이전 릴리스의 배포가 그때 그대로 필요해요. 지우지 않는 한 남아 있어요.',
      '릴리스 1의 배포를 남겨 두세요. 돌아가는 길은 UpdateStage 한 번이에요. `/deploymentId`와 `/variables/alias`를 함께 바꿔요.',
    ),
    none: say(
      '`prod`의 배포보다 먼저 만든 것 중에 `/v1/quote`는 있고 `/v2/quote`는 없는 배포가 남아 있지 않아요. 첫 번째 릴리스로 돌아갈 길이 없어요.',
      '한 번 내보낸 릴리스의 배포는 남겨 두세요. 이미 지웠다면 `npm run clean 8` 뒤에 다시 배포하세요.',
    ),
    other: (deployment) =>
      say(
        `스테이지를 배포(\`${deployment}\`)와 별칭 \`blue\`로 되돌렸는데 \`blue\`가 응답하지 않아요.`,
        '그 배포를 만들 때 API에 무엇이 있었는지 살펴보세요. URI에 `${stageVariables.alias}`가 있어야 해요.',
      ),
    v1: (deployment) =>
      say(
        `스테이지를 배포(\`${deployment}\`)로 되돌렸는데 \`GET /v1/quote\`가 클라이언트에게 약속한 대로 응답하지 않아요.`,
        '`src/release-1.ts`를 보세요. `item`과 숫자 `total`을 돌려줘야 해요.',
      ),
    v2: (deployment) =>
      say(
        `스테이지를 배포(\`${deployment}\`)로 되돌렸는데 아직 \`GET /v2/quote\`에 응답해요. 되돌려도 바뀐 것이 없어요.`,
        '`/v2/quote`를 만들기 전의 배포를 남겨 두세요.',
      ),
  },

  canary: {
    title: '두 릴리스로 요청을 나누는 카나리',
    hints: hints(
      '카나리에는 배포가 있어요. 다른 코드가 응답하려면 무엇이 더 필요할까요?',
      '카나리에는 자기 변수가 있어서 스테이지의 변수를 덮어써요. 이것이 없으면 새 API 뒤에 옛 코드가 있는 거예요.',
      '릴리스 1은 그 배포와 `blue`, 릴리스 2는 그 배포와 `green`이 한 쌍이에요. 두 배포 모두 URI에 `${stageVariables.alias}`가 있어야 해요.',
    ),
    atZero: say(
      '카나리 비율이 0 %인데 첫 번째 릴리스가 아닌 것이 응답해요.',
      '릴리스 1의 배포를 살펴보세요. URI가 별칭 선택을 스테이지에 맡기나요?',
    ),
    atHalf: say(
      '카나리 비율이 50 %인데 모든 응답이 한 릴리스에서만 와요.',
      '두 릴리스의 배포를 살펴보세요. URI가 별칭 선택을 스테이지에 맡기나요?',
    ),
    atHundred: say(
      '카나리 비율이 100 %이고 변수를 `green`으로 덮어썼는데 두 번째 릴리스가 아닌 것이 응답해요.',
      '릴리스 2의 배포를 살펴보세요. URI가 별칭 선택을 스테이지에 맡기나요?',
    ),
    promoted: say(
      '채점기의 스테이지에서 승격했는데 두 번째 릴리스가 아닌 것이 응답해요.',
      '릴리스 2의 배포와, 별칭 `green`이 무엇을 가리키는지 살펴보세요.',
    ),
  },

  stages: {
    title: '서로 다른 배포를 가리키는 dev와 prod',
    hints: hints(
      '시험용 스테이지는 무엇으로부터 지켜 줄까요?',
      '`dev`에서만 보여야 할 것은 따로 배포를 만들어요. `prod`는 있던 곳에 머물러요.',
      '세 번째 배포를 만들고 `dev`만 그 배포를 가리키게 하세요.',
    ),
    same: (deployment) =>
      say(
        `두 스테이지가 같은 배포(\`${deployment}\`)를 가리켜요. \`dev\`에서 시험하는 것이 그 순간 \`prod\`에도 나가요.`,
        '`dev`가 쓸 배포를 따로 만드세요.',
      ),
  },

  apart: {
    title: 'prod에는 보이지 않는 dev의 변경',
    hints: hints(
      'API에 무언가를 추가하고 배포하면 누가 볼까요?',
      '`dev`만을 위한 배포가 필요해요. 배포를 만들고 `dev` 말고는 어떤 스테이지도 가리키지 않게 해요.',
      '릴리스 2의 배포를 만든 뒤 목으로 `GET /notice`를 만들고, 릴리스 3의 배포를 만들어 `dev`가 가리키게 하세요.',
    ),
    missing: (route) =>
      say(`API에 \`${route}\`가 없어요.`, '목으로 만들고, 배포를 만들어 `dev`가 가리키게 하세요.'),
    notOnDev: say(
      'API에는 `GET /notice`가 있는데 `dev` 스테이지는 몰라요. `dev`가 보여 주는 배포가 그 메서드보다 오래됐어요.',
      '배포를 새로 만들고 `dev`가 가리키게 하세요.',
    ),
    onProd: (status) =>
      say(
        `\`prod\`도 \`GET /notice\`에 응답해요(상태 ${status}). \`prod\`의 배포를 만들 때 이미 API에 있었던 거예요.`,
        '릴리스의 배포를 먼저 만들고, 그다음 것은 그 뒤에 만드세요.',
      ),
    inProd: say(
      '`prod`가 보여 주는 배포에도 `GET /notice`가 들어 있어요. 배포를 만들 때 이미 API에 있었던 거예요.',
      '릴리스의 배포를 먼저 만들고, 그다음 것은 그 뒤에 만드세요.',
    ),
  },

  draft: {
    title: '어디에도 보이지 않는, 배포하지 않은 편집',
    hints: hints(
      '여러분이 편집하는 API와 클라이언트가 보는 API는 같은 걸까요?',
      '마지막 배포 뒤에 메서드를 만들고, 두 스테이지에 요청해 보세요.',
      '맨 마지막 편집으로 목 `GET /draft`를 만들어요. 그 뒤에는 배포를 만들지 않아요.',
    ),
    missing: (route) =>
      say(`기다리고 있어야 할 편집 \`${route}\`가 API에 없어요.`, '마지막 배포 뒤에 목으로 만드세요.'),
    deployed: (stage, status) =>
      say(
        `\`${stage}\` 스테이지가 \`GET /draft\`에 응답해요(상태 ${status}). 배포는 API에 있는 것을 모두 담아요. 누군가 한창 만들고 있는 것까지도요.`,
        '메서드를 지우고, 그 스테이지가 쓸 배포를 만든 다음, 메서드를 다시 만드세요.',
      ),
    taken: (stage) =>
      say(
        `\`${stage}\` 스테이지가 보여 주는 배포에 \`GET /draft\`가 들어 있어요. 배포는 API에 있는 것을 모두 담아요. 누군가 한창 만들고 있는 것까지도요.`,
        '메서드를 지우고, 그 스테이지가 쓸 배포를 만든 다음, 메서드를 다시 만드세요.',
      ),
  },

  changelog: {
    title: '스테이지에 있었던 일을 적은 CHANGELOG.md',
    hints: hints(
      '스테이지는 지금 어디를 가리키는지 알려 줘요. 어제 어디를 가리켰는지는 누가 알려 줄까요?',
      '일어난 일마다 한 줄이에요. 스테이지, 한 일, 배포 ID를 적어요.',
      '`prod`에는 `canary` 줄, 그 뒤에 같은 ID의 `promote` 줄, 더 오래된 ID의 `roll back` 줄, 그리고 지금 가리키는 곳을 적은 마지막 줄이 있어야 해요. `dev`의 마지막 줄에는 `dev`의 배포가 있어야 해요.',
    ),
    noFile: say(
      '작업 폴더에 `CHANGELOG.md`가 없어요.',
      '스타터(`labs/08-stages/starter`)에서 다시 가져와 스테이지에 있었던 일을 적으세요.',
    ),
    tooLong: say(
      '`CHANGELOG.md`가 채점기가 읽는 크기보다 길어요.',
      '이 실습의 스테이지에 있었던 일만 남기세요.',
    ),
    empty: say(
      '`CHANGELOG.md`에 이 API의 배포 ID가 있는 줄이 없어요. ID가 없으면 스테이지를 어디로 되돌릴 수 있는지 아무도 몰라요.',
      '일어난 일마다 배포 ID를 함께 적으세요.',
    ),
    canary: say(
      '`CHANGELOG.md`에 `prod`의 카나리가 없어요. `prod`와 `canary`와 이 API의 배포 ID가 함께 있는 줄이 없어요.',
      '릴리스 2의 카나리를 시작하고 적으세요.',
    ),
    promotion: say(
      '`CHANGELOG.md`에 `prod`의 승격이 없어요. `prod`와 `promote`와 이 API의 배포 ID가 함께 있는 줄이 없어요.',
      '카나리를 승격하고 적으세요.',
    ),
    other: (tried, promoted) =>
      say(
        `\`CHANGELOG.md\`를 보면 카나리로 시험한 배포(\`${tried}\`)와 승격한 배포(\`${promoted}\`)가 달라요. 일부에게 시험한 바로 그것을 모두에게 내보내야 해요. 배포가 다르면 스냅샷도 달라요.`,
        '카나리의 배포를 그 ID로 승격하세요.',
      ),
    rollback: say(
      '`CHANGELOG.md`에 `prod`를 되돌린 일이 없어요. `prod`와 `roll back`과, 가장 새것보다 오래된 배포의 ID가 함께 있는 줄이 없어요.',
      '릴리스 1로 한 번 되돌리고, 적고, 다시 앞으로 가세요.',
    ),
    stale: (stage, deployment) =>
      say(
        `\`CHANGELOG.md\`에서 \`${stage}\`의 마지막 줄에 지금 그 스테이지가 가리키는 배포(\`${deployment}\`)가 없어요. 아무도 적지 않은 일이 일어났어요.`,
        '일이 일어날 때마다 적으세요.',
      ),
  },
};
