import { onlyApi } from '../../rest-api/text/only-api.ko.ts';
import { hints, say } from '../../wording/wording.ts';
import type { books as english } from './books.en.ts';

export const books: typeof english = {
  api: {
    title: 'dev 스테이지가 있는 API lab07-books',
    hints: hints(
      'API는 리소스로 이루어진 트리이고, 리소스에는 메서드가 있어요. 스타터는 그중 무엇을 만드나요?',
      '고치지 말고 `npm run deploy 7` 명령을 실행해 보세요. 테이블, 함수, 메서드 하나짜리 API, 스테이지가 생겨요.',
      '직접 만든다면 REST API `lab07-books`, 리소스 `/books`, 메서드 `GET`, 그리고 `dev` 스테이지로의 배포가 필요해요.',
    ),
    ...onlyApi(7),
    noMethod: say(
      'API에 메서드가 하나도 없어서 응답할 것이 없어요.',
      '리소스 `/books`에 메서드 `GET`을 만들고 다시 배포하세요.',
    ),
  },

  deployed: {
    title: '만든 것이 모두 배포된 스테이지',
    hints: hints(
      '여러분이 보는 것은 편집 중인 API예요. 클라이언트는 무엇을 볼까요?',
      '배포는 스냅샷이에요. 그 뒤에 추가한 메서드, 모델, 검증기, 게이트웨이 응답은 다음 배포를 기다려요.',
      '마지막 메서드와 마지막 게이트웨이 응답까지 만든 다음 맨 끝에 배포를 만드세요.',
    ),
    forgotten: (routes) =>
      say(
        `API에는 있는데 \`dev\` 스테이지는 모르는 것이 있어요: ${routes}. 스테이지가 보여 주는 스냅샷이 이 편집보다 오래됐어요.`,
        '다른 작업을 모두 마친 뒤 `dev`로 새 배포를 만드세요.',
      ),
  },

  list: {
    title: '책 목록을 돌려주는 GET /books',
    hints: hints(
      '아무것도 고치지 않았을 때 스타터는 `GET /books`에 뭐라고 응답하나요?',
      '응답은 항목이 `books` 하나인 객체이고, `books`는 배열이에요. 책이 없으면 빈 배열이에요.',
      '상태 코드 200에 `{ "books": [] }`. 책 한 권은 `{ "id", "title", "author", "year" }`예요.',
    ),
    noList: say(
      '`GET /books`의 응답에 배열 `books`가 없어요.',
      '책이 한 권도 없을 때에도 `{ "books": [ … ] }`로 응답하세요.',
    ),
  },

  create: {
    title: '책을 한 번만 만들고 위치를 알려 주는 POST /books',
    hints: hints(
      '새것이 생겼을 때 클라이언트는 무엇을 알아야 할까요? 이미 있었다면요?',
      '새로 생겼다는 상태 코드는 201이고, `Location` 헤더가 그 경로를 알려 줘요. 이미 쓰는 id라면 409예요.',
      '`attribute_not_exists(id)` 조건을 건 PutItem을 쓰고, 201과 책 본문, `Location: …/books/<인코딩한 id>`를 돌려주세요.',
    ),
    notCreated: say(
      '`POST /books`의 응답 상태가 200이에요. 클라이언트는 새것이 생겼는지 알 수 없어요.',
      '201로 응답하고, 새 책의 위치를 `Location`에 적으세요.',
    ),
    otherBook: say(
      '응답 본문이 보낸 책과 달라요.',
      '저장한 책을 그대로 돌려주세요. `id`, `title`, `author`, 그리고 있다면 `year`예요.',
    ),
    noLocation: say(
      '201 응답에 `Location` 헤더가 없어서 클라이언트가 새 책의 위치를 몰라요.',
      '`Location`에 책의 경로 `…/books/<id>`를 넣으세요.',
    ),
    rawLocation: say(
      '`Location` 헤더에 경로에도 헤더에도 쓸 수 없는 문자가 있어요. id가 그대로 들어가 있어요.',
      '경로에 넣기 전에 id를 `encodeURIComponent`로 인코딩하세요.',
    ),
    otherLocation: say(
      '`Location` 헤더가 새 책을 가리키지 않아요.',
      '`/books/`와 `encodeURIComponent`로 인코딩한 id로 끝나게 하세요.',
    ),
    otherThere: say(
      '`Location`이 가리키는 곳에 방금 만든 책이 아닌 다른 책이 있어요.',
      '책을 id로 저장하고, 경로의 id로 읽으세요.',
    ),
    notListed: say(
      '새 책이 `GET /books` 목록에 없거나 보낸 것과 달라요.',
      '테이블의 책을 모두 보여 주세요. 끝 페이지까지, 강력한 일관성으로 읽으세요.',
    ),
    overwritten: say(
      '같은 id로 두 번째 `POST`를 보냈더니 첫 번째 책이 덮어써졌어요. 먼저 만든 사람은 책을 잃었는데 그 사실도 몰라요.',
      '그 id가 없을 때에만 쓰는 조건 `attribute_not_exists(id)`를 거세요.',
    ),
    noConflict: (status) =>
      say(
        `같은 id로 보낸 두 번째 \`POST\`의 응답 상태가 ${status}이에요. 첫 번째 책은 남아 있지만, 클라이언트는 왜 안 됐는지 알아야 해요.`,
        '이미 쓰는 id면 409로 응답하세요.',
      ),
  },

  missing: {
    title: '없는 책은 404',
    hints: hints(
      '테이블에 그 id가 없으면 함수는 무엇을 받나요?',
      '그때 GetItem 결과에는 `Item`이 없어요. 본문만이 아니라 상태 코드로 알려야 해요.',
      '`{ statusCode: 404, body: JSON.stringify({ error: "NOT_FOUND", message: … }) }`로 응답하세요.',
    ),
    found: (status) =>
      say(
        `없는 책의 \`GET\` 응답 상태가 ${status}이에요. 프로그램은 상태 코드로 판단하는데, 이것은 문제없다는 뜻이에요.`,
        '그런 책이 없으면 404로 응답하세요.',
      ),
  },

  replace: {
    title: '책 전체를 바꾸는 PUT',
    hints: hints(
      '`PUT`과 `PATCH`의 차이는 하나예요. 본문에 없는 항목은 어떻게 되나요?',
      '`PUT`은 이제부터 책이 어떤 모습인지 말해요. 본문에 없는 것은 사라지고, 같은 `PUT`을 다시 보내도 더 바뀌는 것이 없어요.',
      '경로의 id와 본문으로 PutItem을 하고 조건 `attribute_exists(id)`를 거세요. 조건이 맞지 않으면 404예요.',
    ),
    changed: say('`PUT` 뒤의 책이 본문과 달라요.', '경로의 id와 본문의 항목만 저장하세요.'),
    again: say(
      '같은 `PUT`을 한 번 더 보냈더니 책이 또 바뀌었어요. 클라이언트는 네트워크가 끊기면 `PUT`을 다시 보내고, 그래도 괜찮다고 믿어요.',
      '결과가 본문으로만 정해지게 하세요.',
    ),
    merged: say(
      '`PUT` 본문에 없던 `year`가 책에 남아 있어요. 그것은 `PATCH`가 하는 일이고, `PUT`은 전체를 바꿔요.',
      '항목을 하나씩 고치지 말고 전체를 새로 쓰세요.',
    ),
    made: say(
      '없는 id에 보낸 `PUT`이 책을 만들었거나, 만들었다고 응답했어요. 이 도서관에서 책을 만드는 것은 `POST`뿐이에요.',
      '조건 `attribute_exists(id)`를 걸고, 맞지 않으면 404로 응답하세요.',
    ),
  },

  change: {
    title: '적힌 것만 바꾸는 PATCH',
    hints: hints(
      '항목이 하나뿐인 `PATCH`를 보내면 나머지 항목은 어떻게 되어야 하나요?',
      'UpdateItem은 항목의 일부만 바꿔요. 무엇을 바꿀지는 본문에 있어요.',
      '`SET #author = :author`로 UpdateItem을 하고 조건 `attribute_exists(id)`를 거세요. `year`는 예약어라서 `#`이 필요해요.',
    ),
    lost: say(
      '저자를 `PATCH`했더니 제목이나 연도가 사라졌어요. `PATCH`에 적지 않은 것은 그대로 있어야 해요.',
      '본문에 있는 항목만 바꾸세요.',
    ),
    other: say(
      '저자를 `PATCH`한 뒤의 책이 저자만 바뀐 원래 책과 달라요.',
      '본문에 있는 항목은 바꾸고 나머지는 그대로 두세요.',
    ),
    made: say(
      '없는 id에 보낸 `PATCH`가 반쪽짜리 책을 만들었거나, 문제없다고 응답했어요. DynamoDB의 UpdateItem은 항목이 없으면 새로 만들어요.',
      'UpdateItem에 조건 `attribute_exists(id)`를 걸고, 맞지 않으면 404로 응답하세요.',
    ),
  },

  remove: {
    title: '204, 그다음 404로 응답하는 DELETE',
    hints: hints(
      '책이 사라졌을 때 할 말이 있을까요?',
      '없어요. 상태 코드 204는 “했고, 본문은 없다”는 뜻이에요. 그다음부터 그 책은 `DELETE`에게도 없는 책이에요.',
      '조건 `attribute_exists(id)`를 건 DeleteItem을 쓰고, 조건이 맞으면 204, 아니면 404로 응답하세요.',
    ),
    status: say(
      '`DELETE`의 응답 상태가 200이에요. 본문이 있다는 뜻인데 보낼 것이 없어요.',
      '빈 본문과 함께 204로 응답하세요.',
    ),
    there: say('`DELETE`가 204로 응답했는데 책이 그대로 있어요.', '경로의 id를 가진 항목을 지우세요.'),
    again: (status) =>
      say(
        `같은 책의 두 번째 \`DELETE\` 응답 상태가 ${status}이에요. 그런 책은 이제 없어요.`,
        '조건 `attribute_exists(id)`를 걸고 지우고, 맞지 않으면 404로 응답하세요.',
      ),
  },

  clients: {
    title: '두 클라이언트가 동시에 써도 잃는 것이 없음',
    hints: hints(
      '두 클라이언트가 같은 순간에 요청하면 함수의 실행 환경 두 개가 응답해요. 서로 무엇을 하는지 누가 볼까요?',
      '읽고 나서 쓰는 사이에 다른 쪽이 쓸 수 있어요. 조건은 쓰는 바로 그 순간에 확인돼요.',
      '쓰기 전에 GetItem을 하지 마세요. `PutItem`, `UpdateItem`, `DeleteItem`에 각각 `ConditionExpression`을 걸고, 일부만 바꿀 때는 UpdateItem을 쓰세요.',
    ),
    lostChange: say(
      '클라이언트들이 같은 순간에 같은 책의 항목을 하나씩 바꿨어요. 모두 됐다는 응답을 받았는데 변경 하나가 사라졌어요.',
      '책을 읽고 고쳐서 통째로 쓰지 마세요. UpdateItem으로 본문에 있는 것만 바꾸세요.',
    ),
    bothWon: say(
      '클라이언트들이 같은 순간에 같은 id로 책을 만들었는데 둘 이상이 201을 받았어요. 그중 남은 책은 하나뿐이에요.',
      'id가 비어 있는지를 쓰기 자체가 확인하게 하세요. 같은 PutItem에 `attribute_not_exists(id)`를 거세요.',
    ),
    nobodyWon: say(
      '클라이언트들이 같은 순간에 같은 id로 책을 만들었는데 아무도 201을 받지 못했어요.',
      '먼저 온 쪽은 받아 주고, 나머지에는 409로 응답하세요.',
    ),
    loserKept: say(
      '클라이언트들이 같은 순간에 같은 id로 책을 만들었는데, 남은 책이 201을 받은 클라이언트의 것이 아니에요.',
      'id가 비어 있는지를 쓰기 자체가 확인하게 하세요. 같은 PutItem에 `attribute_not_exists(id)`를 거세요.',
    ),
    revived: say(
      '클라이언트들이 책을 바꾸는 동안 한 클라이언트가 지웠어요. `DELETE`는 204를 받았는데 책이 있어요.',
      '미리 확인하는 대신 `PUT`의 PutItem에 조건 `attribute_exists(id)`를 거세요.',
    ),
  },
};
