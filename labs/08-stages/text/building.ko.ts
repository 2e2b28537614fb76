import { hints, say } from '../../wording/wording.ts';
import type { building as english } from './building.en.ts';

export const building: typeof english = {
  api: {
    title: 'dev와 prod 스테이지가 있는 API 하나',
    hints: hints(
      'API에는 ID가 있고 주소에도 그 ID가 들어 있어요. 릴리스마다 API를 새로 만들면 클라이언트는 어떻게 될까요?',
      '고치지 말고 `npm run deploy 8`을 실행해 보세요. API와 두 스테이지가 생겨요.',
      'REST API `lab08-shop` 하나에 `GET /release`, 그리고 그 안에 `dev`와 `prod` 스테이지가 있어야 해요.',
    ),
    missing: (name) =>
      say(
        `이 리전에 \`${name}\` REST API가 없어요.`,
        '`npm run deploy 8`을 실행하세요. HTTP API는 종류가 달라서 여기서는 해당하지 않아요.',
      ),
    several: (name, count) =>
      say(
        `\`${name}\` REST API가 ${count}개 있어요. 릴리스할 때마다 API를 만들면 클라이언트의 주소가 매번 바뀌고 아무도 되돌릴 수 없어요.`,
        'API 하나만 남기고 나머지는 지운 뒤, 배포와 스테이지로 릴리스하세요.',
      ),
    release: (name) =>
      say(
        `릴리스 이름이 붙은 API가 따로 있어요: \`${name}\`. 주소가 달라서 모든 클라이언트가 옮겨 가야 하고, API 두 개 사이에서는 카나리로 요청을 나눌 수도 없어요.`,
        '그 API를 지우고, 변경을 `lab08-shop`의 배포로 릴리스하세요.',
      ),
    noMethod: (route) =>
      say(
        `API에 \`${route}\`가 없어요. 누가 응답하는지 스테이지가 알려 주는 메서드예요.`,
        '스타터처럼 메서드를 만들고 다시 배포하세요.',
      ),
    noStage: (stage) =>
      say(
        `API에 \`${stage}\` 스테이지가 없어요.`,
        `\`${stage}\` 스테이지를 만들고 API의 배포를 가리키게 하세요.`,
      ),
  },

  integration: {
    title: '별칭 선택을 스테이지에 맡기는 통합 URI',
    hints: hints(
      '통합의 URI는 배포의 일부예요. 배포 하나가 어떻게 별칭 두 개를 호출할 수 있을까요?',
      'URI에 스테이지 변수를 넣을 수 있어요. 요청이 올 때 그 스테이지의 값으로 채워져요.',
      'URI가 `:function:lab08-shop:${stageVariables.alias}/invocations`로 끝나면 돼요.',
    ),
    other: (route, name) =>
      say(
        `\`${route}\`의 통합이 함수(\`${name}\`)를 POST로 호출하는 \`AWS_PROXY\`가 아니에요.`,
        '유형, HTTP 메서드, URI를 스타터의 것과 비교해 보세요.',
      ),
    noAlias: (route) =>
      say(
        `\`${route}\`의 통합에 함수 이름만 있고 별칭이 없어요. 어느 스테이지에서든 마지막에 올린 코드를 호출해요.`,
        '함수 이름 뒤에 `:${stageVariables.alias}`를 붙이세요.',
      ),
    fixed: (route, qualifier) =>
      say(
        `\`${route}\`의 통합은 스테이지 변수 \`alias\`가 무엇이든 언제나 같은 것(\`${qualifier}\`)을 호출해요.`,
        `\`${qualifier}\` 자리에 \`\${stageVariables.alias}\`를 쓰고 배포를 새로 만드세요.`,
      ),
    role: (route) =>
      say(
        `\`${route}\`의 통합이 역할(\`credentials\`)로 함수를 호출해요. 동작은 하지만 이 실습의 주제인 별칭의 정책이 가려져요.`,
        '`credentials`를 빼고, 별칭마다 권한을 주어 게이트웨이를 들여보내세요.',
      ),
  },

  variables: {
    title: '비밀이 없는 스테이지 변수',
    hints: hints(
      '스테이지 변수는 누가 읽을 수 있을까요?',
      '`GetStage`를 호출할 수 있는 사람, 내보낸 문서, 이벤트를 남긴 로그에서 모두 보여요. 변수는 구성일 뿐이에요.',
      '변수를 지우세요. 비밀은 AWS Secrets Manager나 암호화된 파라미터에 두고, 변수에는 그 이름만 적어요.',
    ),
    secret: (stage, variable) =>
      say(
        `\`${stage}\` 스테이지에 비밀처럼 보이는 변수가 있어요: \`${variable}\`. 변수는 평문이라 \`GetStage\`에도, 내보낸 문서에도, 함수가 받는 이벤트에도 그대로 들어가요.`,
        '변수를 지우고, 진짜 비밀이었다면 비밀 자체도 바꾸세요.',
      ),
  },

  versions: {
    title: '발행된 두 버전을 가리키는 blue와 green',
    hints: hints(
      '코드를 올려도 별칭이 가리키는 것이 바뀌지 않으려면 무엇이 필요할까요?',
      '발행된 버전은 바뀌지 않아요. `blue`는 첫 번째 릴리스, `green`은 두 번째 릴리스를 가리켜요.',
      '`src/release-1.ts`와 `src/release-2.ts`를 발행하고, `blue`는 첫 버전을, `green`은 둘째 버전을 가리키게 하세요.',
    ),
    missing: (alias) =>
      say(
        `함수에 \`${alias}\` 별칭이 없어요.`,
        `버전을 발행하고 \`${alias}\` 별칭이 그 버전을 가리키게 하세요.`,
      ),
    latest: (alias) =>
      say(
        `\`${alias}\` 별칭이 \`$LATEST\`를 가리켜요. \`$LATEST\`는 코드를 올릴 때마다 바뀌니, 뜻하지 않게 릴리스되고 되돌릴 길도 없어요.`,
        '버전을 발행하고 별칭이 그 번호를 가리키게 하세요.',
      ),
    weighted: (alias) =>
      say(
        `\`${alias}\` 별칭이 호출 일부를 다른 버전으로 보내요. Lambda에 있는 기능이지만, 여기서는 스테이지가 요청을 나눠요. 두 곳에서 나누면 결과를 알 수 없어요.`,
        '별칭의 라우팅 구성을 지우세요.',
      ),
    same: (version) =>
      say(
        `두 별칭이 모두 같은 버전(${version})을 가리켜요. \`blue\`로 되돌려도 \`green\`과 똑같은 것이 나와요.`,
        '`blue`가 첫 번째 릴리스의 버전을 가리키게 하세요.',
      ),
    sameCode: (blue, green) =>
      say(
        `두 버전(${blue}, ${green})의 코드가 같아요. 릴리스할 것이 없어요.`,
        '`blue`에는 `src/release-1.ts`를, `green`에는 `src/release-2.ts`를 발행하세요.',
      ),
  },

  permission: {
    title: '모든 스테이지에서 이 API를 들여보내는 별칭',
    hints: hints(
      '함수에는 정책이 있어요. 별칭에도 있을까요?',
      '별칭마다 자기 정책이 있어요. `blue`가 허용한 것을 `green`은 몰라요.',
      '별칭과 메서드마다 `Qualifier`가 있는 `AddPermission`이 필요하고, 소스 ARN은 `…:<API ID>/*/GET/v1/quote`예요.',
    ),
    missing: (alias, route) =>
      say(
        `별칭 \`${alias}\`의 정책에는 API Gateway가 \`${route}\` 때문에 호출해도 된다는 문장이 없어요. 변수가 \`${alias}\`인 스테이지는 500으로 응답해요. 정책은 별칭마다 따로예요.`,
        `\`apigateway.amazonaws.com\`에 한정자(qualifier) \`${alias}\`로 권한을 추가하세요.`,
      ),
    stage: (alias, route) =>
      say(
        `별칭 \`${alias}\`의 정책이 \`${route}\`를 일부 스테이지에서만 들여보내요. 내일 시험 삼아 만들 스테이지는, 채점기가 만드는 스테이지처럼, 500을 받아요.`,
        '스테이지 자리에 `*`를 쓰세요: `…/*/GET/v1/quote`. API와 메서드와 경로는 그대로 둬요.',
      ),
    everybody: (alias) =>
      say(
        `별칭 \`${alias}\`의 정책이 누구나(\`*\`) 호출하도록 허용해요. API와 API가 하는 검사를 모두 건너뛸 수 있어요.`,
        '그 문장을 지우고 보안 주체 `apigateway.amazonaws.com`만 들여보내세요.',
      ),
    noSource: (alias) =>
      say(
        `별칭 \`${alias}\`의 정책에 소스 ARN 없이 API Gateway를 들여보내는 문장이 있어요. 남의 API를 포함해 모든 API가 이 함수를 호출할 수 있어요.`,
        '권한에 이 API, 메서드, 경로를 가리키는 소스 ARN을 넣으세요.',
      ),
    otherApis: (alias) =>
      say(
        `별칭 \`${alias}\`의 권한에 있는 소스 ARN이 다른 API까지 포함해요.`,
        '`*` 자리에 이 API의 ID를 넣으세요.',
      ),
    otherMethods: (alias) =>
      say(
        `별칭 \`${alias}\`의 권한에 있는 소스 ARN이 API의 모든 메서드를 포함해요. 누군가 내일 추가한 메서드도 곧바로 이 함수를 호출할 수 있어요.`,
        '메서드와 경로를 적으세요: `…/*/GET/v1/quote`. 스테이지 자리의 `*`는 그대로 둬도 돼요.',
      ),
  },

  alias: {
    title: '누가 응답할지 정하는 스테이지 변수 alias',
    hints: hints(
      '두 스테이지에 `/release`를 요청해 보세요. 누가 응답하나요?',
      '스테이지의 변수 `alias`(`GetStage`)와 응답에 적힌 것을 비교하세요.',
      '스테이지에는 값이 `blue`나 `green`인 변수 `alias`가 있고, `/release`는 `context.invokedFunctionArn`의 별칭과 `context.functionVersion`으로 응답해요.',
    ),
    notSet: (stage) =>
      say(
        `\`${stage}\` 스테이지에 변수 \`alias\`가 없어요. 그래서 통합 URI가 존재하지 않는 것을 가리켜요.`,
        '스테이지에 변수 `alias`를 넣으세요.',
      ),
    noSuch: (stage, value) =>
      say(
        `\`${stage}\` 스테이지의 변수 \`alias\`의 값이 \`${value}\`인데, 이 실습의 별칭은 \`blue\`와 \`green\`이에요.`,
        '변수를 둘 중 하나로 바꾸세요.',
      ),
    other: (alias, version) =>
      say(
        `변수가 \`${alias}\`인 스테이지에 별칭 \`${alias}\`, 버전 ${version}이 응답하지 않아요.`,
        '스테이지가 보여 주는 배포를 살펴보세요. 배포를 만들 때 URI에 변수가 있었나요? 핸들러의 `/release`도 확인하세요. `context`에 있는 그대로 `alias`와 `version`을 응답해야 해요.',
      ),
  },

  trial: {
    full: say(
      'API의 스테이지가 AWS의 한도인 10개예요. 채점기는 여러분의 스테이지를 건드리지 않으려고 스테이지 하나를 잠깐 만들어요.',
      '필요 없는 스테이지를 지우세요.',
    ),
  },
};
