import { hints, say } from '../../wording/wording.ts';
import type { edge as english } from './edge.en.ts';

export const edge: typeof english = {
  model: {
    title: '책이 아닌 본문을 거절하는 게이트웨이',
    hints: hints(
      '실패할 것이 뻔한 요청 때문에 함수를 실행해야 할까요?',
      '모델(model)은 JSON 스키마예요. 메서드가 콘텐츠 유형마다 모델을 정하고, 본문을 보는 검증기(validator)를 가져요.',
      '`POST /books`에 `requestModels: { "application/json": "NewBook" }`과 `validateRequestBody: true`인 검증기를 붙이세요.',
    ),
    kinds: {
      json: 'JSON이 아닌 본문',
      list: '배열인 본문',
      missing: '저자가 없는 본문',
      number: '제목이 숫자인 본문',
      empty: '제목이 빈 본문',
      year: '연도가 텍스트인 본문',
    },
    taken: (what) =>
      say(
        `${what}을 책으로 받아들였어요.`,
        '모델에 `type`, `required`, `minLength`로 적고, `POST /books`에 모델과 검증기를 붙이세요.',
      ),
    other: (what, status) =>
      say(
        `${what}의 응답 상태가 ${status}이에요. 클라이언트의 잘못이니 400이어야 해요.`,
        '함수가 나서기 전에 게이트웨이가 모델로 거절하게 하세요.',
      ),
    byFunction: (calls, sent) =>
      say(
        `책이 아닌 본문 ${sent}개를 보냈더니 ${calls}개가 함수까지 가서 함수가 거절했어요. 그런 호출에도 요금이 들고, 진짜 책을 보낸 클라이언트의 자리를 차지해요.`,
        '`POST /books`에 모델과, `validateRequestBody`를 켠 검증기를 붙이세요.',
      ),
    otherType: (status) =>
      say(
        `콘텐츠 유형이 \`text/plain\`인 본문의 응답 상태가 ${status}이에요. 모델은 \`application/json\`에만 적용되고, 다른 형식은 검사 없이 함수에 와요.`,
        '함수가 읽을 수 없는 본문은 400으로 거절하세요.',
      ),
    noModel: say(
      '`POST /books`에 모델이 없어서 게이트웨이가 어떤 본문이든 받아요.',
      '메서드에 `application/json` 모델을 붙이세요.',
    ),
    noValidator: say(
      '`POST /books`에 본문을 보는 검증기가 없어요. 모델은 설명일 뿐이고, 혼자서는 아무것도 거절하지 않아요.',
      '메서드에 `validateRequestBody: true`인 검증기를 붙이세요.',
    ),
  },

  parameter: {
    title: '검색어 없는 검색을 거절하는 게이트웨이',
    hints: hints(
      '검색어가 없으면 무엇을 찾아야 할까요?',
      '메서드에 필수 쿼리 파라미터를 정할 수 있어요. 파라미터를 보는 검증기도 필요해요.',
      '`GET /books/search`에 `requestParameters: { "method.request.querystring.q": true }`와 `validateRequestParameters: true`를 설정하세요.',
    ),
    notFound: say(
      '`q`가 없는 `GET /books/search`의 응답이 404예요. 그런 리소스가 없거나 `/books/{id}`가 받았어요.',
      '리소스 `/books/search`를 만들고 파라미터 `q`를 필수로 하세요.',
    ),
    answered: (status) =>
      say(
        `\`q\`가 없는 \`GET /books/search\`의 응답 상태가 ${status}이에요. 검색어가 없는 것은 클라이언트의 잘못이니 400이어야 해요.`,
        '메서드에 `q`가 필수라고 적고 검증기를 붙이세요.',
      ),
    byFunction: say(
      '`q`가 없는 검색을 거절하기는 했는데, 함수가 거절했어요. 그 때문에 함수가 호출됐어요.',
      '메서드에 `q`(`method.request.querystring.q`)가 필수라고 적고, `validateRequestParameters`를 켠 검증기를 붙이세요.',
    ),
    notRequired: say(
      '`GET /books/search`에 `q`가 필수라고 적혀 있지 않아요.',
      '메서드의 파라미터에서 `method.request.querystring.q`를 true로 하세요.',
    ),
    noValidator: say(
      '`GET /books/search`에 파라미터를 보는 검증기가 없어요. “필수”라는 표시만으로는 아무것도 거절하지 않아요.',
      '메서드에 `validateRequestParameters: true`인 검증기를 붙이세요.',
    ),
  },

  preflight: {
    title: 'https://books.example 페이지가 쓸 수 있는 API',
    hints: hints(
      '페이지가 다른 출처(origin)로 JSON을 보내려고 해요. 그 전에 브라우저는 무엇을 물어볼까요?',
      '브라우저는 `OPTIONS`로 어느 출처, 메서드, 헤더가 허용되는지 물어요. 경로마다 목 하나가 대답할 수 있어요.',
      '`answerPreflight(api, "/books/{id}", { origin, headers: ["Content-Type"], methods: ["GET", "PUT", "PATCH", "DELETE"] })`를 쓰고, 함수의 모든 응답에도 같은 출처를 적으세요.',
    ),
    none: (route) =>
      say(
        `\`${route}\`의 응답 상태가 2xx가 아니에요. 브라우저는 이것을 거절로 알고, 페이지의 요청을 아예 보내지 않아요.`,
        '그 경로에 `answerPreflight`처럼 목으로 응답하는 메서드 `OPTIONS`를 만들고 다시 배포하세요.',
      ),
    withoutStatus: (route) =>
      say(
        `\`${route}\` 목에 상태 코드가 든 요청 템플릿이 없어요. AWS는 이런 목에 500으로 응답하고, 브라우저는 이것을 거절로 알아요.`,
        '목에 `answerPreflight`처럼 `application/json`용 요청 템플릿 `{"statusCode": 200}`을 넣고 다시 배포하세요.',
      ),
    noOrigin: (route) =>
      say(
        `\`${route}\`의 응답에 \`Access-Control-Allow-Origin\` 헤더가 없어요.`,
        '출처 `https://books.example`로 응답하세요.',
      ),
    otherOrigin: (route, allowed) =>
      say(
        `\`${route}\`의 응답이 허용하는 출처는 이것이에요: \`${allowed}\`. 브라우저는 한 글자씩 비교하고, 출처 하나 아니면 \`*\`만 받아들여요.`,
        '정확히 `https://books.example`로 응답하세요.',
      ),
    star: (route) =>
      say(
        `\`${route}\`의 응답이 \`*\`을 허용해요. 모든 사이트의 페이지가 방문자의 브라우저에서 API를 쓸 수 있어요. 이 API는 한 출처만을 위한 거예요.`,
        '출처 `https://books.example`로 응답하세요.',
      ),
    starAndCookies: (route) =>
      say(
        `\`${route}\`의 응답이 자격 증명과 함께 \`*\`을 허용해요. “누구나, 방문자의 쿠키까지”라는 뜻인데, 브라우저는 이 조합을 거부해요.`,
        '출처 하나 `https://books.example`를 적고, 쿠키가 필요 없으면 `Access-Control-Allow-Credentials`를 빼세요.',
      ),
    methods: (route, missing) =>
      say(
        `\`${route}\`의 응답이 허용하지 않는 메서드가 있어요: ${missing}.`,
        '그 경로의 메서드를 모두 `Access-Control-Allow-Methods`에 적으세요.',
      ),
    headers: (route) =>
      say(
        `\`${route}\`의 응답이 \`Content-Type\` 헤더를 허용하지 않아요. 이것 없이는 JSON을 보낼 수 없어요.`,
        '`Access-Control-Allow-Headers: Content-Type`을 추가하세요.',
      ),
    onlyPreflight: say(
      '프리플라이트는 출처를 허용하는데, 정작 요청의 응답에는 출처가 없어요. 브라우저는 요청을 보내 놓고 응답을 페이지에 숨겨요.',
      '함수의 모든 응답에도 `Access-Control-Allow-Origin`을 넣으세요.',
    ),
    anybody: say(
      'API가 묻는 출처를 모두 허용해요. `Origin` 헤더를 온 그대로 돌려보내고 있어요.',
      '여러분이 아는 출처와 비교하거나, 언제나 그 출처로 응답하세요.',
    ),
  },

  errors: {
    title: '형식이 하나이고 페이지가 읽을 수 있는 오류',
    hints: hints(
      '페이지가 400을 받았는데 “네트워크 오류”라고 보여 줘요. 브라우저에는 무엇이 없었을까요?',
      '게이트웨이가 거절하면 헤더를 넣어 줄 함수가 실행되지 않아요. 게이트웨이 응답(gateway response)이라면 할 수 있어요.',
      '게이트웨이 응답 `DEFAULT_4XX`에 `Access-Control-Allow-Origin` 헤더와, `$context.error`에서 가져온 `error`와 `message`가 든 템플릿을 넣으세요.',
    ),
    noOriginByGateway: (route, status) =>
      say(
        `게이트웨이가 \`${route}\`에 ${status}로 응답했는데 \`Access-Control-Allow-Origin\`이 없어요. 브라우저가 응답을 숨겨서 페이지는 상태도 이유도 몰라요.`,
        '게이트웨이 응답 `DEFAULT_4XX`에 헤더를 넣고 다시 배포하세요.',
      ),
    noOrigin: (route, status) =>
      say(
        `\`${route}\`의 ${status} 응답에 \`Access-Control-Allow-Origin\`이 없어요. 브라우저가 응답을 숨겨서 페이지는 상태도 이유도 몰라요.`,
        '오류를 포함해 함수의 모든 응답에 헤더를 넣으세요.',
      ),
    formByGateway: (route, status) =>
      say(
        `게이트웨이가 \`${route}\`에 ${status}로, 자기만의 형식으로 응답했어요. 그러면 클라이언트는 오류 형식 두 가지와 누가 만들었는지를 알아야 해요.`,
        '게이트웨이 응답 `DEFAULT_4XX`에 `error`와 `message`가 든 템플릿을 넣고 다시 배포하세요.',
      ),
    form: (route, status) =>
      say(
        `\`${route}\`의 ${status} 응답 본문이 이 API의 다른 오류와 형식이 달라요.`,
        '`{ "error": "NOT_FOUND", "message": "…" }`로 응답하세요. 하나는 프로그램을 위한 단어, 하나는 사람을 위한 문장이에요.',
      ),
    notSet: say(
      '게이트웨이 응답 `DEFAULT_4XX`가 게이트웨이의 기본값 그대로예요.',
      '`Access-Control-Allow-Origin` 헤더와, `error`와 `message`가 든 템플릿을 넣으세요.',
    ),
  },
};
