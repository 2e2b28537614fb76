import { hints, say } from '../../wording/wording.ts';
import type { tokens as english } from './tokens.en.ts';

export const tokens: typeof english = {
  authorizer: {
    title: '권한 부여자에게 묻는 /admin의 메서드',
    hints: hints(
      '메서드는 백엔드를 부르기 전에 함수에게 먼저 물을 수 있어요. 무엇을 무엇과 이어야 할까요?',
      '권한 부여자는 API에 속하고 함수를 가리켜요. 메서드는 권한 부여자를 가리키고, 함수는 게이트웨이를 들여보내요.',
      '300초의 `openAuthorizer`, `allowToAuthorize`, `/admin`의 두 메서드에 `{ kind: "authorizer", authorizerId }`, 그리고 환경 변수 `TOKEN_SECRET`이에요.',
    ),
    open: (route, type) =>
      say(
        `\`${route}\`의 권한 부여 유형이 \`${type}\`라서 아무도 토큰을 묻지 않아요.`,
        '유형을 `CUSTOM`으로 하고 권한 부여자의 ID를 넣은 뒤 다시 배포하세요.',
      ),
    two: say(
      '`/admin`의 두 메서드가 서로 다른 권한 부여자를 써요. 응답을 따로 보관하니 같은 토큰을 두 번 물어요.',
      '두 메서드에 권한 부여자 하나를 쓰세요.',
    ),
    type: (type) =>
      say(
        `권한 부여자의 유형이 \`${type}\`예요. 이 실습에서는 함수가 결정해야 해요.`,
        '`TOKEN`이나 `REQUEST` 유형을 쓰세요.',
      ),
    other: (name) =>
      say(`권한 부여자가 함수 \`${name}\`에 묻지 않아요.`, '권한 부여자의 URI에 이 함수의 ARN을 넣으세요.'),
    source: say(
      '권한 부여자가 `Authorization` 헤더를 보지 않아요. bearer 토큰은 그곳에 있어요.',
      '자격 증명 소스를 `method.request.header.Authorization`으로 바꾸세요.',
    ),
    notKept: say(
      '권한 부여자의 응답을 0초 동안 보관해요. 그러면 요청마다 함수를 한 번 더 부르고, 그만큼 돈과 시간이 들어요.',
      '결과의 TTL을 300초로 바꾸세요.',
    ),
    permission: say(
      '함수 정책에는 API Gateway가 이 권한 부여자로서 함수를 불러도 된다는 문장이 없어요. 토큰을 가진 호출자는 500을 받아요.',
      '`apigateway.amazonaws.com`에 권한을 추가하고, 소스 ARN을 `/authorizers/`와 권한 부여자 ID로 끝내세요.',
    ),
    everybody: say(
      '함수 정책이 누구나(`*`) 함수를 호출하도록 허용해요. 권한 부여자에게 물을 수 있으면 토큰을 끝없이 시험해 볼 수 있어요.',
      '그 문장을 지우고 보안 주체 `apigateway.amazonaws.com`만 들여보내세요.',
    ),
    noSecret: say(
      '권한 부여자의 환경 변수에 `TOKEN_SECRET`이 없어요. 좋은 토큰을 알아볼 방법이 없어요.',
      '함수에 무작위 값을 담은 `TOKEN_SECRET` 변수를 주고 핸들러에서 읽으세요.',
    ),
    shortSecret: (length) =>
      say(
        `비밀 값이 ${length}자보다 짧아요. 짧은 비밀 값은 대입해서 찾을 수 있어요.`,
        '무작위 32바이트를 쓰세요. `secretOf`가 만들어 줘요.',
      ),
  },

  tokens: {
    title: '토큰이 없으면 401, 나쁜 토큰이면 403',
    hints: hints(
      '“누구세요?”는 401, “당신은 안 돼요”는 403이에요. 게이트웨이가 스스로 말할 수 있는 것은 어느 쪽일까요?',
      '헤더가 없으면 게이트웨이가 401로 답해요. 나쁜 토큰에는 함수가 거부하는 정책을 반환해요.',
      '서명을 먼저 확인하고, 그다음 `exp`, 그다음 목록에서 역할을 찾으세요. 나머지는 모두 `Effect: "Deny"`예요.',
    ),
    nobody: (route, status) =>
      say(
        `토큰 없는 \`${route}\` 요청의 응답이 ${status}이에요. 아무도 자기가 누구인지 보여 주지 않았으니 401이어야 해요.`,
        '권한 부여자의 자격 증명 소스를 `Authorization` 헤더로 하세요. 그러면 게이트웨이가 스스로 401로 답해요.',
      ),
    notDeployed: (route) =>
      say(
        `토큰 없는 요청이 \`${route}\` 메서드에 들어가요. API는 권한 부여자에게 묻는데 스테이지의 스냅샷이 더 오래됐어요.`,
        '`dev`로 새 배포를 만드세요.',
      ),
    kinds: {
      wrong: '다른 비밀 값으로 서명한 토큰',
      changed: '서명한 뒤에 내용을 바꾼 토큰',
      unsigned: '서명이 필요 없다고 스스로 말하는 토큰(`alg: none`)',
      expired: '만료된 토큰',
      endless: '`exp`가 없어서 영원히 쓸 수 있는 토큰',
      allow: '스스로 “Allow”라고 말하는 토큰',
      role: '아무도 모르는 역할의 토큰',
    },
    letIn: (kind) =>
      say(
        `${kind}으로 \`GET /admin\`에 들어가요.`,
        '끝까지 확인할 수 없는 토큰에는 모두 `Effect: "Deny"`인 정책을 반환하세요.',
      ),
    itsOwnWord: say(
      '스스로 “Allow”라고 말하는 요청이 `GET /admin`에 들어가요. 정책의 효과를 호출자가 보낸 값에서 가져오고 있어요.',
      '`"Allow"`와 `"Deny"`를 상수로 쓰고, 직접 확인한 결과로 둘 중에서 고르세요.',
    ),
    unauthorized: (kind) =>
      say(
        `${kind}의 응답이 401이에요. 401은 아무도 자기가 누구인지 보여 주지 않았다는 뜻인데, 여기서는 보여 주었고 거절됐어요.`,
        '오류를 던지지 말고 거부하는 정책을 반환하세요. 게이트웨이가 보관해 두고 이 토큰은 다시 묻지 않아요.',
      ),
    failed: (kind) =>
      say(
        `${kind} 때문에 권한 부여자가 실패해요. 호출자는 API가 고장 난 것처럼 500을 받아요.`,
        '거부하는 정책을 반환하세요. 오류는 `lab06-authorizer`의 로그에 있어요.',
      ),
    otherwise: (kind) =>
      say(
        `${kind}을 권한 부여자가 들여보내지도 거절하지도 않아요.`,
        '아래 응답을 보고 어디에서 만들어지는지 찾아보세요.',
      ),
  },

  context: {
    title: '좋은 토큰은 들어가고, 누구의 것인지 아는 백엔드',
    hints: hints(
      '권한 부여자는 토큰을 읽었어요. 그 안의 내용을 백엔드는 어떻게 알까요?',
      '권한 부여자는 정책과 함께 `context`를 반환해요. 게이트웨이가 그것을 이벤트에 넣어요.',
      '권한 부여자에는 `context: { subject: sub, role }`, 백엔드에는 `event.requestContext.authorizer?.subject`예요.',
    ),
    nobody: say(
      '`GET /admin`이 토큰을 들여보내는데 응답에 호출자가 없어요.',
      '`sub`를 `context.subject`로 반환하고, 백엔드에서 `event.requestContext.authorizer`로 읽으세요.',
    ),
    other: say('`GET /admin`이 토큰과 다른 호출자를 말해요.', '`sub`를 그대로 넘기세요.'),
    role: say('`GET /admin`이 토큰과 다른 역할을 말해요.', '`role`을 그대로 넘기고 `role`로 보여 주세요.'),
    refused: (role) =>
      say(
        `역할이 \`${role}\`인 좋은 토큰을 \`GET /admin\`이 거절해요.`,
        '정책의 `Resource`를 `event.methodArn`과 비교하세요. 둘 다 API, 스테이지, 메서드, 경로를 적어요.',
      ),
    unauthorized: (role) =>
      say(
        `역할이 \`${role}\`인 좋은 토큰의 응답이 401이에요.`,
        '권한 부여자에 검증 정규식이 있다면 살펴보고, 함수가 무엇을 던지는지 확인하세요.',
      ),
    failed: say(
      '좋은 토큰인데 권한 부여자가 실패해서 호출자가 500을 받아요.',
      '`lab06-authorizer`의 로그를 읽으세요. 결과에는 `principalId`, `policyDocument`, 중첩 없는 `context`가 있어야 해요.',
    ),
    key: say(
      '`GET /admin`이 토큰 말고 API 키까지 요구해요.',
      '`/admin` 메서드의 `apiKeyRequired`를 false로 바꾸고 다시 배포하세요.',
    ),
  },

  policy: {
    title: '읽을 수 있지만 게시할 수는 없는 reader',
    hints: hints(
      '정책은 무엇을 호출해도 되는지 말해요. 여러분의 정책은 reader에게 뭐라고 하나요?',
      '`Resource`가 `*`이면 API의 모든 메서드예요. 내일 생길 메서드까지요.',
      '역할마다 목록을 두세요. reader는 `GET/admin`, editor는 `GET/admin`과 `POST/admin`이에요. `Resource`는 이 목록으로 만들어요.',
    ),
    tooMuch: say(
      'reader의 토큰으로 `POST /admin`에 들어가요. 정책이 역할보다 많은 것을 허용해요.',
      '정책의 `Resource`를 그 역할이 호출할 수 있는 것으로 만드세요.',
    ),
    otherwise: say(
      'reader의 `POST /admin` 요청을 권한 부여자가 들여보내지도 거절하지도 않아요.',
      '아래 응답을 보고 어디에서 만들어지는지 찾아보세요.',
    ),
  },

  cache: {
    title: '보관된 응답 때문에 막히지 않는 다음 요청',
    hints: hints(
      '게이트웨이는 정책을 5분 동안 보관해요. 어떤 요청에 그것을 쓸까요?',
      '메서드가 무엇이든 같은 토큰의 모든 요청에 써요. 여러분의 정책에는 그 요청들에 대한 답이 있나요?',
      '`event.methodArn`을 `Resource`로 반환하지 마세요. 그 역할이 호출할 수 있는 것을 모두 반환하세요. `policyFor`가 하는 일이에요.',
    ),
    lockedOut: (role, first, second) =>
      say(
        `역할이 \`${role}\`인 토큰으로 \`${first}\` 다음에 \`${second}\` 요청을 보내면, 역할이 할 수 있는 일인데도 거절돼요. 게이트웨이가 첫 요청의 정책을 보관했는데 그 정책에는 두 번째 요청에 대한 말이 없어요.`,
        '정책에 지금 요청한 메서드가 아니라 그 역할이 호출할 수 있는 메서드를 모두 적으세요.',
      ),
    otherwise: (route) =>
      say(
        `권한 부여자의 응답이 보관된 뒤에 \`${route}\` 요청이 실패해요.`,
        '아래 응답을 보고 어디에서 만들어지는지 찾아보세요.',
      ),
  },

  logs: {
    title: '토큰, 비밀 값, 키가 없는 로그',
    hints: hints(
      '로그는 누가 읽을 수 있을까요? 보고서를 게시할 수 있는 사람보다 많아요.',
      '두 함수에서 `console.log`를 찾아보세요. 이벤트나 헤더, 비교하는 두 값을 출력하는 곳이 있나요?',
      '요청 ID와 판정만 남기세요. `event.authorizationToken`과 `process.env.TOKEN_SECRET`은 남기지 마세요.',
    ),
    token: (name) =>
      say(
        `함수 \`${name}\`이 요청의 토큰을 로그에 남겨요. 로그를 읽는 사람은 누구든 만료될 때까지 그 토큰을 쓸 수 있어요.`,
        '누구의 요청이었고 어떻게 결정했는지만 남기고 토큰은 빼세요.',
      ),
    secret: (name) =>
      say(
        `함수 \`${name}\`이 비밀 값을 로그에 남겨요. 로그를 읽는 사람은 누구의 토큰이든 만들 수 있어요.`,
        '로그에서 빼고 비밀 값을 바꾸세요. 이 값은 이제 비밀이 아니에요.',
      ),
    key: (name) =>
      say(
        `함수 \`${name}\`이 요청의 API 키를 로그에 남겨요.`,
        '이벤트를 통째로 로그에 남기지 마세요. 헤더에는 호출자가 보여 준 것이 들어 있어요.',
      ),
  },
};
