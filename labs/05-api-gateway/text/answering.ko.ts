import type { answering as english } from './answering.en.ts';
import { hints, say } from '../../wording/wording.ts';

export const answering: typeof english = {
  hello: {
    title: '쿼리에 적힌 이름으로 인사하는 GET /hello',
    hints: hints(
      '주소의 쿼리는 이벤트의 어디에 있을까요?',
      '`event.queryStringParameters`에 이미 디코딩된 채로 있어요.',
      '메시지는 `Hello, ${event.queryStringParameters?.name ?? "world"}!`예요.',
    ),
    other: say(
      '응답이 쿼리에 적힌 이름으로 인사하지 않아요.',
      '`event.queryStringParameters`에서 이름을 그대로 가져오세요.',
    ),
    nobody: say(
      '이름이 없는 요청의 응답이 world에게 인사하지 않아요.',
      '쿼리에 이름이 없으면 `world`를 쓰세요.',
    ),
  },

  echo: {
    title: '받은 본문을 201로 돌려주는 POST /echo',
    hints: hints(
      '요청 본문은 이벤트에 텍스트로 들어 있어요. 에코가 그 내용을 이해해야 할까요?',
      '본문을 그대로, 함께 온 콘텐츠 유형과 같이 돌려주세요. 상태 코드는 여러분이 정해요.',
      "`statusCode: 201`, 이벤트 헤더에서 가져온 `headers: { 'Content-Type': … }`, `body: event.body`예요.",
    ),
    missing: (route) =>
      say(
        `API에 \`${route}\`가 없어요.`,
        '리소스 `/echo`에 메서드 `POST`와 통합과 권한을 만들고 다시 배포하세요.',
      ),
    changed: say(
      '돌아온 본문이 보낸 것과 글자 하나까지 같지는 않아요. JSON을 파싱했다가 다시 쓰면 내용이 달라져요.',
      '`event.body`를 그대로 반환하세요.',
    ),
    type: (type) =>
      say(
        `응답의 콘텐츠 유형이 \`${type}\`인데, 요청의 것과 달라요. \`Content-Type\`을 정하지 않으면 게이트웨이가 \`application/json\`을 넣어요.`,
        '이벤트의 헤더에서 콘텐츠 유형을 가져오세요. 헤더 이름의 대소문자는 구별하지 않아요.',
      ),
  },

  tags: {
    title: '쿼리의 tag마다 값이 하나씩 있는 X-Tag 헤더',
    hints: hints(
      '쿼리에는 같은 이름이 여러 번 올 수 있어요. 이벤트의 어느 항목이 그것을 모두 담고 있을까요?',
      '쿼리를 담는 항목이 둘, 응답 헤더를 담는 항목이 둘이에요. 둘 중 하나씩은 배열이에요.',
      "`multiValueHeaders: { 'X-Tag': event.multiValueQueryStringParameters?.tag ?? [] }`예요.",
    ),
    none: say(
      '쿼리에 tag가 세 개 있었는데 응답에 `X-Tag` 헤더가 없어요.',
      'tag를 `multiValueHeaders`로 돌려주세요.',
    ),
    one: say(
      '쿼리에 tag가 세 개 있었는데 `X-Tag` 헤더에는 값이 하나뿐이에요. `queryStringParameters`와 `headers`는 여럿 중 하나만 담아요.',
      '`multiValueQueryStringParameters`를 읽고 `multiValueHeaders`로 응답하세요.',
    ),
    other: say(
      '`X-Tag` 헤더의 값이 쿼리의 tag와 같은 순서로 같지 않아요.',
      '`multiValueQueryStringParameters`에 있는 배열을 그대로 돌려주세요.',
    ),
  },

  binary: {
    title: '바이트를 그대로 돌려주는 POST /echo',
    hints: hints(
      '이벤트는 JSON이고 JSON에는 바이트가 없어요. 바이트는 어떻게 지나갈 수 있을까요?',
      '어떤 콘텐츠 유형이 바이트인지 API가 알아야 해요. 그러면 base64로 도착하고, 이벤트에 그렇게 적혀 있어요.',
      "API의 `binaryMediaTypes: ['application/octet-stream']`, 결과의 `isBase64Encoded: event.isBase64Encoded`예요.",
    ),
    stillEncoded: say(
      '바이트가 base64 텍스트로 돌아왔어요. 결과에 인코딩됐다는 표시가 있어야 게이트웨이가 본문을 디코딩해요.',
      '이벤트에 있는 `isBase64Encoded`를 그대로 반환하세요.',
    ),
    damaged: say(
      '보낸 것과 다른 바이트가 돌아왔어요. 게이트웨이가 UTF-8 텍스트로 여겼는데, UTF-8에는 없는 바이트예요.',
      'API의 바이너리 미디어 유형에 `application/octet-stream`을 넣고 배포하세요.',
    ),
  },

  health: {
    title: '함수 없이 응답하는 GET /health',
    hints: hints(
      '로드 밸런서가 5초마다 물어볼 때마다 함수 요금을 내야 할까요?',
      '`MOCK` 통합에는 요청 템플릿, 메서드 응답, 통합 응답이 필요해요.',
      '요청 템플릿은 `{"statusCode": 200}`, 200의 통합 응답 템플릿은 `{"status": "ok"}`예요.',
    ),
    missing: (route) =>
      say(
        `API에 \`${route}\`가 없어요.`,
        '리소스 `/health`에 메서드 `GET`과 `MOCK` 통합을 만들고 다시 배포하세요.',
      ),
    type: (type) =>
      say(
        `\`GET /health\`의 통합 유형이 \`${type}\`이라서 게이트웨이 뒤의 무언가가 응답해야 해요.`,
        '`MOCK` 유형을 쓰세요.',
      ),
    noStatus: say(
      '`GET /health`의 응답이 500이에요. 게이트웨이가 목(mock)의 요청 템플릿에서 상태 코드를 찾지 못했거나, 그 상태의 응답이 없어요.',
      '통합에 `application/json`용 요청 템플릿 `{"statusCode": 200}`과 200 응답을 넣으세요.',
    ),
    empty: say(
      '`GET /health`가 200인데 본문이 비어 있어요. 목에 응답 템플릿이 없어요.',
      '200의 통합 응답에 `application/json`용 템플릿을 넣으세요.',
    ),
    withoutStatus: say(
      '`GET /health` 목에 상태 코드가 든 요청 템플릿이 없거나, 그 상태의 응답이 없어요. AWS는 이런 목에 500으로 응답해요.',
      '통합에 `application/json`용 요청 템플릿 `{"statusCode": 200}`과 200 응답을 넣으세요.',
    ),
    withoutBody: say(
      '`GET /health` 목에 응답 템플릿이 없어서 응답 본문이 비어요.',
      '200의 통합 응답에 `application/json`용 템플릿을 넣으세요.',
    ),
    other: say(
      '`GET /health`의 본문에 상태가 `ok`라는 내용이 없어요.',
      '통합 응답의 템플릿을 `{"status": "ok"}`로 쓰세요.',
    ),
  },

  unknown: {
    title: '플랫폼이 응답하는 모르는 경로',
    hints: hints(
      '어떤 경로가 함수까지 가야 할까요? 여러분이 이름을 붙인 경로뿐이에요.',
      '모든 것을 받는 `{proxy+}` 리소스나 `ANY` 메서드가 있는지 찾아보세요.',
      '`{proxy+}` 리소스를 지우고, `ANY` 대신 `GET`과 `POST`를 쓰고, 다시 배포하세요.',
    ),
    answered: (asked, status) =>
      say(
        `여러분이 만든 무언가가 \`${asked}\`에 ${status}으로 응답해요. 그런 메서드는 없으니 플랫폼이 그렇게 말해야 하고, 플랫폼은 함수를 호출하지 않고도 말할 수 있어요.`,
        '`{proxy+}`와 `ANY`를 없애고 다시 배포하세요.',
      ),
  },
};
