import { hints, say } from '../../wording/wording.ts';
import type { paths as english } from './paths.en.ts';

export const paths: typeof english = {
  ids: {
    title: '공백과 한글이 든 id도 되는 경로',
    hints: hints(
      '공백은 주소에서 어떤 모습으로 전달될까요? 함수에는 어떤 모습으로 도착할까요?',
      'REST API는 경로를 온 그대로, 퍼센트 인코딩된 채로 함수에 넘겨요. 그리고 헤더에는 ASCII만 쓸 수 있어요.',
      '받을 때는 `decodeURIComponent(event.pathParameters.id)`, `Location`에 적을 때는 `encodeURIComponent(id)`예요.',
    ),
    broken: (status) =>
      say(
        `id에 공백과 한글이 든 책의 \`POST\` 응답 상태가 ${status}이에요. 헤더에 그런 문자가 있으면 응답이 되지 못해요.`,
        '`Location`에 넣기 전에 id를 `encodeURIComponent`로 인코딩하세요.',
      ),
    notFound: say(
      '책은 만들어졌는데 인코딩한 id의 `GET` 응답이 404예요. 함수가 경로에 적힌 그대로의 id를 찾고 있어요.',
      '먼저 `decodeURIComponent(event.pathParameters.id)`로 디코딩하세요.',
    ),
    other: say(
      '인코딩한 id로 읽은 책이 보낸 책과 달라요.',
      '경로의 id는 한 번만 디코딩하고, 본문의 id는 그대로 두세요.',
    ),
    malformed: (status) =>
      say(
        `\`GET /books/%E0%A4%A\`의 응답 상태가 ${status}이에요. 경로의 인코딩이 틀렸어요. 서버가 아니라 클라이언트의 잘못이에요.`,
        '이때 `decodeURIComponent`는 오류를 던져요. 오류를 잡아 400으로 응답하세요.',
      ),
  },

  specific: {
    title: '가장 구체적인 경로가 우선',
    hints: hints(
      '`/books/search`와 `/books/{id}`가 둘 다 맞아요. 어느 쪽이 응답해야 하고, 그것은 누가 정할까요?',
      '게이트웨이는 경로를 마디마다 비교해요. 고정된 이름이 `{id}`보다, `{id}`가 `{proxy+}`보다 먼저예요. 어느 리소스를 골랐는지는 이벤트에 있어요.',
      '리소스 `/books/search`를 만들고, `event.path`의 단어가 아니라 `event.httpMethod`와 `event.resource`로 고르세요.',
    ),
    byWord: (id) =>
      say(
        `책 \`${id}\`의 \`GET\` 응답이 책 목록이에요. 경로에서 단어를 찾고 있는데, id에도 그 단어가 있을 수 있어요.`,
        '게이트웨이가 고른 리소스인 `event.resource`로 판단하세요.',
      ),
    otherBook: say(
      'id가 다른 경로처럼 생긴 책의 `GET` 응답이 그 책이 아니에요.',
      '`event.resource`로 고르고, id는 `event.pathParameters`에서 가져오세요.',
    ),
    byId: say(
      '`GET /books/search?q=…`의 응답이 404예요. `/books/{id}`로 갔는데 id가 “search”인 책은 없어요.',
      '리소스 `/books/search`에 메서드 `GET`을 만드세요. 고정된 마디가 `{id}`보다 먼저예요.',
    ),
    notFound: say(
      '제목이나 저자에 그 단어가 있는 책을 검색이 정확히 찾아내지 못해요.',
      '이미 디코딩된 `event.queryStringParameters.q`를 제목과 저자에서 찾으세요.',
    ),
  },

  rest: {
    title: '나머지는 모두 {proxy+}로',
    hints: hints(
      '여러분이 적지 않은 경로에는 누가 응답하나요? 더 잘 말해 줄 수 있을까요?',
      '리소스 `/{proxy+}`는 다른 리소스가 받지 않는 경로를 모두 받고, `ANY`는 모든 메서드를 받아요.',
      '`/{proxy+}`의 `ANY`를 함수로 보내고, `event.path`가 든 메시지와 함께 404로 응답하세요.',
    ),
    noProxy: (route) =>
      say(
        `\`${route}\`에 게이트웨이가 응답했어요. 그런 경로가 없어서예요. “Missing Authentication Token”을 본 사람은 엉뚱하게 토큰을 찾아요.`,
        '리소스 `/{proxy+}`에 메서드 `ANY`를 만들고, 함수가 404로 응답하게 하세요.',
      ),
    taken: (route) =>
      say(
        `\`${route}\` 요청에, 그런 것이 있는 것처럼 응답해요.`,
        '여러분의 것이 아닌 경로에는 404로 응답하세요.',
      ),
    noPath: (route) =>
      say(
        `\`${route}\`의 404 응답에 요청한 경로가 없어요. 경로를 잘못 적은 클라이언트가 어디를 틀렸는지 알 수 없어요.`,
        '메시지에 `event.path`를 넣으세요.',
      ),
    method: (route, status) =>
      say(
        `\`${route}\`의 응답 상태가 ${status}이에요. 그 경로에는 그런 메서드가 없어요.`,
        '메서드와 리소스를 함께 보고 고르고, 나머지에는 404나 405로 응답하세요.',
      ),
  },
};
