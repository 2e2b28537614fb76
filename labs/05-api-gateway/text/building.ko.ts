import type { building as english } from './building.en.ts';
import { onlyApi } from '../../rest-api/text/only-api.ko.ts';
import { hints, say } from '../../wording/wording.ts';

export const building: typeof english = {
  api: {
    title: 'GET /hello와 dev 스테이지가 있는 API',
    hints: hints(
      'API는 리소스로 이루어진 트리이고, 리소스에는 메서드가 있어요. 스타터는 그중 무엇을 만드나요?',
      '고치지 말고 `npm run deploy 5`를 실행해 보세요. API와 메서드 하나, 스테이지 하나가 생겨요.',
      '직접 만든다면 REST API `lab05-notes`, 리소스 `/hello`, 메서드 `GET`, 그리고 `dev` 스테이지로의 배포가 필요해요.',
    ),
    ...onlyApi(5),
    noMethod: (route) =>
      say(`API에 \`${route}\`가 없어요.`, '리소스 `/hello`에 메서드 `GET`을 만들고 다시 배포하세요.'),
  },

  integration: {
    title: '함수로 POST하는 통합',
    hints: hints(
      '메서드는 클라이언트가 부르는 것이고, 통합은 그다음 게이트웨이가 부르는 것이에요.',
      '통합의 유형, URI, HTTP 메서드를 스타터의 것과 비교해 보세요.',
      "`type: 'AWS_PROXY'`, `integrationHttpMethod: 'POST'`, 그리고 함수 ARN과 `/invocations`로 끝나는 URI예요.",
    ),
    none: (route) =>
      say(
        `\`${route}\`에 통합이 없어서 게이트웨이가 무엇을 호출할지 몰라요.`,
        '메서드에 `AWS_PROXY` 유형의 통합을 붙이세요.',
      ),
    type: (route, type) =>
      say(
        `\`${route}\`의 통합 유형이 \`${type}\`이에요. 요청 전체를 함수에 넘기고 함수의 결과를 그대로 응답으로 쓰는 유형은 \`AWS_PROXY\`뿐이에요.`,
        '유형을 `AWS_PROXY`로 바꾸세요.',
      ),
    other: (route, name) =>
      say(
        `\`${route}\`의 통합이 함수 \`${name}\`을 호출하지 않아요.`,
        '통합 URI에 이 함수의 ARN을 넣으세요.',
      ),
    verb: (route, verb) =>
      say(
        `\`${route}\`의 통합이 Lambda를 ${verb}로 호출해요. 클라이언트가 어떤 메서드를 쓰든 Lambda의 Invoke는 POST만 받아요.`,
        '통합의 HTTP 메서드를 `POST`로 바꾸세요. 리소스의 메서드는 그대로 두면 돼요.',
      ),
    role: (route) =>
      say(
        `\`${route}\`의 통합이 역할(\`credentials\`)로 함수를 호출해요. 동작은 하지만 이 실습의 주제인 함수 자신의 정책이 가려져요.`,
        '`credentials`를 빼고, 함수의 권한으로 게이트웨이를 들여보내세요.',
      ),
  },

  permission: {
    title: '이 API의 이 메서드만 들여보내는 함수',
    hints: hints(
      'API Gateway는 여러분의 함수에 아무 권한이 없어요. 누가 줄 수 있을까요?',
      '보안 주체가 `apigateway.amazonaws.com`인 `lambda:AddPermission`이에요. 소스 ARN은 무엇을 가리키나요?',
      '소스 ARN은 `arn:aws:execute-api:<리전>:<계정>:<API ID>/*/GET/hello`예요. 스테이지는 아무거나, 메서드 하나, 경로 하나.',
    ),
    missing: (route) =>
      say(
        `함수 정책에는 API Gateway가 \`${route}\` 때문에 함수를 호출해도 된다는 문장이 없어요. 클라이언트는 500을 받고, 함수 로그에는 아무것도 남지 않아요.`,
        '`apigateway.amazonaws.com`에 권한을 추가하고, 소스 ARN에 이 API와 메서드와 경로를 적으세요.',
      ),
    everybody: say(
      '함수 정책이 누구나(`*`) 함수를 호출하도록 허용해요. API와 API가 하는 검사를 모두 건너뛸 수 있어요.',
      '그 문장을 지우고 보안 주체 `apigateway.amazonaws.com`만 들여보내세요.',
    ),
    noSource: say(
      '함수 정책의 한 문장이 소스 ARN 없이 API Gateway를 들여보내요. 그러면 남의 API를 포함해 모든 API가 이 함수를 호출할 수 있어요.',
      '권한에 이 API, 이 메서드, 이 경로를 가리키는 소스 ARN을 넣으세요.',
    ),
    otherApis: say(
      '권한의 소스 ARN이 다른 API까지 포함해요. 그곳에 API를 만들 수 있는 사람은 누구든 이 함수를 호출할 수 있어요.',
      '`*` 자리에 이 API의 ID를 넣으세요.',
    ),
    otherMethods: say(
      '권한의 소스 ARN이 API의 모든 메서드를 포함해요. 누군가 내일 추가한 메서드도 곧바로 이 함수를 호출할 수 있어요.',
      '메서드와 경로를 적으세요: `…/*/GET/hello`. 스테이지 자리의 `*`는 그대로 둬도 돼요.',
    ),
  },

  contract: {
    title: '약속된 형식을 지키는 함수의 결과',
    hints: hints(
      '실습 1에서는 결과가 어떤 JSON이든 괜찮았어요. `AWS_PROXY` 뒤에서는 정해진 형식의 HTTP 응답이어야 해요.',
      '`statusCode`, `headers`, `body`가 있어야 해요. body가 어떤 값인지, 쿼리가 없을 때 무엇이 오는지 살펴보세요.',
      '`{ statusCode: 200, headers: { … }, body: JSON.stringify(…) }`, 그리고 `event.queryStringParameters?.name`이에요.',
    ),
    threw: (what) =>
      say(
        `함수가 실패했어요: ${what}. API Gateway는 이것을 502로 바꿔요.`,
        '함수 로그를 읽고 오류를 고치세요.',
      ),
    threwOnNull: (what) =>
      say(
        `쿼리가 없는 요청에서 함수가 실패했어요: ${what}. 이때 API Gateway는 빈 객체가 아니라 \`queryStringParameters: null\`을 보내요.`,
        '이름을 `?.`로 읽고, 이름이 없을 때의 응답을 정하세요.',
      ),
    notObject: say(
      '함수의 결과가 객체가 아니에요. API Gateway는 이것을 502로 바꿔요.',
      '`{ statusCode, headers, body }`를 반환하고, 결과를 직접 인코딩하지 마세요.',
    ),
    empty: say(
      '함수의 결과가 빈 객체예요. API Gateway는 이것을 502로 바꿔요.',
      '`{ statusCode, headers, body }`를 반환하세요.',
    ),
    body: say(
      '결과의 `body`가 객체예요. API Gateway는 텍스트만 받고, 나머지는 모두 502로 바꿔요.',
      '`body: JSON.stringify(…)`로 쓰세요.',
    ),
    unknown: (names) =>
      say(
        `결과에 API Gateway가 모르는 항목이 있어요: ${names}. 모르는 것이 하나라도 있으면 502가 돼요.`,
        '`statusCode`, `headers`, `multiValueHeaders`, `body`, `isBase64Encoded`만 남기세요.',
      ),
    status: (value) =>
      say(
        `결과의 \`statusCode\`가 ${value}이에요. API Gateway는 정수를 받아요.`,
        '`statusCode: 200`을 반환하세요.',
      ),
    lists: (name) =>
      say(
        `\`multiValueHeaders\`의 \`${name}\` 값이 배열이 아니에요. 여기에 있는 헤더는 모두 배열이어야 해요.`,
        '배열로 쓰거나 `headers`로 옮기세요.',
      ),
  },

  deployed: {
    title: '만든 것이 모두 배포된 스테이지',
    hints: hints(
      '여러분이 보는 것은 편집 중인 API예요. 클라이언트는 무엇을 볼까요?',
      '배포는 스냅샷이에요. 그 뒤에 바꾼 것은 다음 배포를 기다려요.',
      '마지막 메서드, 통합, 응답까지 만든 다음 맨 끝에 배포를 만드세요.',
    ),
    forgotten: (routes) =>
      say(
        `API에는 있는 ${routes}를 \`dev\` 스테이지는 몰라요. 스테이지가 보여 주는 스냅샷이 이 편집보다 오래됐어요.`,
        '다른 작업을 모두 마친 뒤 `dev`로 새 배포를 만드세요.',
      ),
  },
};
