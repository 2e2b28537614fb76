import { hints, say } from '../../wording/wording.ts';
import type { keys as english } from './keys.en.ts';

const kinds = {
  secret: '토큰의 비밀 값',
  key: 'API 키의 값',
};

export const keys: typeof english = {
  api: {
    title: 'GET /public과 dev 스테이지가 있는 API',
    hints: hints(
      '실습 5에서 해 본 일이에요. 스타터는 그중 무엇을 만드나요?',
      '고치지 말고 `npm run deploy 6`을 실행해 보세요. API와 메서드 하나, 스테이지 하나가 생겨요.',
      '직접 만든다면 REST API `lab06-reports`, 리소스 `/public`, 메서드 `GET`, 그리고 `dev` 스테이지로의 배포가 필요해요.',
    ),
    missing: (name) =>
      say(
        `이 리전에 \`${name}\`이라는 REST API가 없어요.`,
        '`npm run deploy 6`을 실행하세요. HTTP API는 종류가 달라서 API 키도 사용량 계획도 없어요.',
      ),
    several: (name, count) =>
      say(
        `\`${name}\`이라는 REST API가 ${count}개 있어요. 이름은 키가 아니라서 만들 때마다 하나씩 늘어나고, 클라이언트가 어느 것을 쓰는지 아무도 몰라요.`,
        '필요 없는 것을 지우고, 만들기 전에 이미 있는지 먼저 찾아보세요.',
      ),
    noMethod: (route) =>
      say(`API에 \`${route}\` 메서드가 없어요.`, '리소스와 메서드를 만들고 다시 배포하세요.'),
    noStage: (stage) =>
      say(
        `API에 \`${stage}\` 스테이지가 없어서 클라이언트가 닿을 수 없어요.`,
        `스테이지 이름을 \`${stage}\`로 해서 배포를 만드세요.`,
      ),
  },

  public: {
    title: '누구에게나 열린 GET /public',
    hints: hints(
      '모든 것을 지킬 필요는 없어요. 이 메서드는 호출자에게 무엇을 요구하나요?',
      '키도 토큰도 요구하지 않아요. 그리고 누가 호출했는지 모른다고 답해요.',
      '메서드에는 `authorizationType: NONE`과 `apiKeyRequired: false`, 응답에는 `caller: null`이에요.',
    ),
    key: say(
      '`GET /public`이 API 키를 요구해요. 누구나 호출할 수 있어야 하는 단 하나의 메서드예요.',
      '메서드의 `apiKeyRequired`를 false로 바꾸고 다시 배포하세요.',
    ),
    authorizer: (type) =>
      say(
        `\`GET /public\`의 권한 부여 유형이 \`${type}\`예요. 누구나 호출할 수 있어야 하는 단 하나의 메서드예요.`,
        '메서드의 권한 부여 유형을 `NONE`으로 바꾸고 다시 배포하세요.',
      ),
    closed: say(
      'API에서는 `GET /public`이 열려 있는데 스테이지가 요청을 들여보내지 않아요. 스테이지의 스냅샷이 이 편집보다 오래됐어요.',
      '`dev`로 새 배포를 만드세요.',
    ),
    caller: say(
      '`GET /public`의 응답에 `"caller": null`이 없어요. 여기서는 아무도 자기가 누구인지 보여 주지 않았어요.',
      '호출자는 권한 부여자의 컨텍스트에서만 가져오고, 없으면 null로 답하세요.',
    ),
  },

  plan: {
    title: '이 스테이지를 포함하고 한도와 키가 있는 사용량 계획',
    hints: hints(
      '키만으로는 아무것도 열리지 않아요. 무엇이 키와 스테이지를 이어 줄까요?',
      '사용량 계획에는 스테이지, 한도, 키가 있어요. 셋 중 무엇이 빠졌나요?',
      '`openPlan`에 초당 5건, 버스트 10, 하루 200건, `{ apiId, stage }`를 넘기고, 이어서 `addToPlan`을 부르세요.',
    ),
    missing: (name) =>
      say(`이 리전에 \`${name}\`이라는 사용량 계획이 없어요.`, '배포 다음에 사용량 계획을 만드세요.'),
    several: (name, count) =>
      say(
        `\`${name}\`이라는 사용량 계획이 ${count}개 있어요. 이름은 키가 아니라서 만들 때마다 하나씩 늘어나요.`,
        '필요 없는 것을 지우고, 만들기 전에 이미 있는지 먼저 찾아보세요.',
      ),
    noStage: say(
      '사용량 계획에 이 API의 `dev` 스테이지가 없어요. 스테이지가 없는 계획의 키로는 아무것도 열리지 않고, 요청은 403을 받아요.',
      '계획에 스테이지를 넣으세요. API 스테이지는 API ID와 스테이지 이름의 짝이에요.',
    ),
    throttle: say(
      '사용량 계획의 스로틀링 값이 정해진 것과 달라요.',
      '속도를 초당 5건, 버스트를 10으로 바꾸세요.',
    ),
    quota: say('사용량 계획의 할당량이 정해진 것과 달라요.', '할당량을 `DAY` 기간에 200건으로 바꾸세요.'),
    noKey: (name) =>
      say(
        `사용량 계획에 \`${name}\`이라는 키가 없어요.`,
        'API 키를 만들어 계획에 넣으세요. 어느 계획에도 없는 키로는 아무것도 열리지 않아요.',
      ),
    disabled: (name) =>
      say(
        `키 \`${name}\`의 상태가 비활성이에요. API로 만든 키는 따로 정하지 않으면 꺼져 있어요.`,
        '키를 활성화하세요.',
      ),
  },

  keys: {
    title: '맞는 키만 들여보내는 GET /reports',
    hints: hints(
      '요청에 키가 있는지 누가 묻나요? 여러분의 함수인가요, 게이트웨이인가요?',
      '메서드의 설정이에요. API의 설정은 배포해야 보여요.',
      '`GET /reports`에 `apiKeyRequired: true`, 그다음 `dev`로 `CreateDeployment`예요. 계획과 키는 배포가 필요 없어요.',
    ),
    notRequired: say(
      '`GET /reports`가 API 키를 요구하지 않아요. 그러면 계획과 한도는 아무에게도 적용되지 않아요.',
      '메서드의 `apiKeyRequired`를 true로 바꾸고 다시 배포하세요.',
    ),
    nobody: say(
      '키가 없는 요청이 `GET /reports`에 들어가요. API는 키를 요구하는데 스테이지의 스냅샷이 더 오래됐어요.',
      '`dev`로 새 배포를 만드세요.',
    ),
    wrong: say(
      '아무도 갖고 있지 않은 키로 `GET /reports`에 들어가요.',
      '키는 게이트웨이가 확인하게 하세요. 메서드에는 `apiKeyRequired`, API의 키 소스는 `HEADER`예요.',
    ),
    outside: say(
      '어느 사용량 계획에도 없는 키로 `GET /reports`에 들어가요.',
      '키는 게이트웨이가 확인하게 하세요. 메서드에는 `apiKeyRequired`, API의 키 소스는 `HEADER`예요.',
    ),
    right: say(
      '여러분의 계획에 든 키를 `GET /reports`가 거절해요.',
      '계획의 스테이지와 API의 키 소스를 확인하세요. 키 소스는 `HEADER`예요.',
    ),
    disabled: say(
      '비활성화한 키로 여전히 `GET /reports`에 들어가요.',
      '키는 함수가 아니라 게이트웨이가 확인하게 하세요.',
    ),
    own: say(
      '여러분의 키를 `GET /reports`가 거절해요. 같은 계획의 다른 키는 들어가요.',
      '키가 활성 상태인지, 이 스테이지의 계획 하나에만 들어 있는지 확인하세요.',
    ),
  },

  throttle: {
    title: '버스트를 넘으면 429',
    hints: hints(
      '한꺼번에 온 열한 번째 요청은 어떻게 될까요? 기다리지 않아요.',
      '버킷에는 토큰이 열 개 들어 있고 1초에 다섯 개씩 다시 차요. 토큰을 못 받은 요청은 거절돼요.',
      '계획의 스로틀링은 `rateLimit: 5`, `burstLimit: 10`이고, 스테이지의 메서드 하나에 더 넓은 한도가 없어야 해요.',
    ),
    none: (count) =>
      say(
        `키 하나로 한꺼번에 보낸 요청 ${count}건이 모두 들어갔어요. 계획의 버스트는 10이에요.`,
        '계획에 이 스테이지의 메서드별 한도가 있는지 보세요. 있으면 계획의 한도를 대신해요.',
      ),
    wider: (route) =>
      say(
        `계획에 \`${route}\`만의 한도가 있고 계획의 한도보다 넓어요. AWS는 계획에 적힌 것보다 많은 요청을 들여보내요.`,
        '메서드별 한도를 지우세요. 있으면 계획의 한도를 대신해요.',
      ),
    noted: (count) => `키 하나로 한꺼번에 보낸 요청 ${count}건`,
  },

  quota: {
    title: '할당량을 다 쓰면 다른 말로 429, 그리고 맞는 사용량 수치',
    hints: hints(
      '429에는 두 가지가 있어요. 클라이언트는 어떻게 구별할까요?',
      '하나는 잠시 뒤에, 하나는 내일 다시 오라는 뜻이에요. 메시지를 읽어 보세요.',
      '계획의 할당량은 `DAY`에 200이에요. 키마다 얼마나 썼는지는 `aws apigateway get-usage`로 볼 수 있어요.',
    ),
    never: (accepted) =>
      say(
        `계획에 든 키의 할당량을 다 썼는데도 요청이 ${accepted}건 더 들어갔어요.`,
        '계획의 할당량을 확인하세요.',
      ),
    figures: say(
      '계획의 사용량 수치가 실제로 들어간 키의 요청 수보다 적어요.',
      '키가 이 스테이지의 다른 계획에도 들어 있는지 확인하세요.',
    ),
    noted: (count) => `요청 ${count}건 뒤의 키 사용량`,
  },

  identity: {
    title: '키를 호출자의 신원으로 쓰지 않기',
    hints: hints(
      '키는 메일에서 스크립트로, 그 스크립트에서 다른 스크립트로 복사돼요. 그런 키가 누구를 가리킬까요?',
      '백엔드는 요청에 대해 두 가지를 알아요. 키가 속한 계획과 권한 부여자가 알아본 사람이에요. 어느 쪽이 호출자일까요?',
      '`caller`는 `event.requestContext.authorizer?.subject ?? null`이에요. `requestContext.identity`의 값은 쓰지 마세요.',
    ),
    caller: (route) =>
      say(
        `\`${route}\` 응답이 누구인지 보여 준 적 없는 호출자의 이름을 말해요. API 키는 요청이 어느 계획에 속하는지 말할 뿐, 신원이 아니에요.`,
        '호출자는 `event.requestContext.authorizer`에서만 가져오고, 없으면 null로 답하세요.',
      ),
    shown: (route) =>
      say(
        `\`${route}\` 응답에 요청의 API 키가 보여요. 응답을 보는 사람은 누구든 그 키를 쓸 수 있어요.`,
        '응답에서 키를 빼세요.',
      ),
    opens: say(
      '토큰 없이 API 키만으로 `GET /admin`에 들어가요.',
      '권한 부여자가 토큰만 보고 결정하게 하세요.',
    ),
  },

  secrets: {
    title: '파일과 스테이지 변수 어디에도 없는 비밀 값과 키',
    hints: hints(
      '1년 뒤에는 누가 여러분의 소스를 읽을 수 있을까요? 스테이지 설정은 누가 볼 수 있을까요?',
      '두 값이 여러분의 파일, 배포된 패키지, 스테이지 변수에 있는지 찾아보세요.',
      '비밀 값은 `secretOf`가 주고 권한 부여자의 환경 변수에 있어요. 키의 값은 게이트웨이가 만들어요.',
    ),
    stageVariable: (kind, variable) =>
      say(
        `${kinds[kind]}이 스테이지 변수 \`${variable}\`에 들어 있어요. 스테이지 변수는 설정이라서 API를 볼 수 있는 누구에게나 보이고, 요청마다 백엔드로 가요.`,
        '그 변수를 지우세요.',
      ),
    source: (kind, place) =>
      say(
        `${kinds[kind]}이 \`${place}\`에 들어 있어요. 한 번 소스에 들어간 것은 이력에 남아요.`,
        '파일에서 빼고 새로 만드세요. 이 값은 이제 비밀이 아니에요.',
      ),
  },
};
