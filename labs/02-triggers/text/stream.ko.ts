import { hints, say } from '../../wording/wording.ts';
import type { stream as english } from './stream.en.ts';

export const stream: typeof english = {
  stream: {
    title: '처음부터 읽고 언젠가는 포기하는 스트림 매핑',
    hints: hints(
      '테이블의 스트림은 처음에 꺼져 있어요. 그리고 매핑은 어디서부터 읽을지 알아야 해요.',
      '함정이 두 가지 있어요. 매핑이 준비되기 전의 레코드, 그리고 늘 실패하는 레코드예요.',
      '스트림은 `NEW_AND_OLD_IMAGES`, 매핑은 `StartingPosition: "TRIM_HORIZON"`과 `MaximumRetryAttempts: 2`예요.',
    ),
    noTable: (name) =>
      say(`\`${name}\` 테이블이 없어요.`, '테이블을 만들거나 `npm run deploy 2`를 실행하세요.'),
    off: (name) =>
      say(
        `테이블 \`${name}\`의 스트림이 꺼져 있어요. 변경이 일어나도 아무도 따라갈 수 없어요.`,
        '`NEW_AND_OLD_IMAGES`로 스트림을 켜세요.',
      ),
    view: (view) =>
      say(
        `스트림이 ${view}만 보여 줘요. 감사 기록에는 이전 값과 지금 값이 모두 필요해요.`,
        '`NEW_AND_OLD_IMAGES`를 쓰세요. 바꾸려면 스트림을 껐다가 다시 켜야 해요.',
      ),
    noAudit: (name) => say(`\`${name}\` 함수가 없어요.`, '`npm run deploy 2`로 배포하세요.'),
    none: say(
      '`lab02-orders`의 스트림과 `lab02-audit`을 잇는 이벤트 소스 매핑이 없어요.',
      '테이블의 `LatestStreamArn`과 함수로 이벤트 소스 매핑을 만드세요.',
    ),
    latest: (actual) =>
      say(
        `매핑이 ${actual}에서 시작해요. 매핑을 만들고 스트림을 처음 읽기까지 그 사이에 일어난 변경은 영영 읽지 않아요.`,
        '매핑을 지우고 `TRIM_HORIZON`으로 다시 만드세요. 시작 위치는 나중에 바꿀 수 없어요.',
      ),
    endless: say(
      '매핑이 실패한 배치를 끝없이 다시 시도해요. 늘 실패하는 레코드 하나가 그 샤드의 뒤쪽을 하루 동안 막아요.',
      '`MaximumRetryAttempts`를 정하세요. 예를 들면 2예요.',
    ),
  },

  filter: {
    title: 'INSERT와 MODIFY만 통과시키는 매핑',
    hints: hints(
      '삭제를 누가 거절해야 할까요? 여러분의 코드일까요, 호출하기 전의 Lambda일까요?',
      '매핑에는 필터를 둘 수 있어요. 레코드에 대한 JSON 패턴이에요.',
      '`FilterCriteria`를 `{ Filters: [{ Pattern: \'{"eventName":["INSERT","MODIFY"]}\' }] }`로 정하세요.',
    ),
    none: say(
      '매핑에 필터가 없어요. 삭제할 때마다 함수가 호출되고 요금이 나가요.',
      '매핑에 `eventName` 필터를 두세요.',
    ),
    drops: (names) =>
      say(
        `필터가 다음을 버려요: ${names}. 이런 변경은 함수에 오지 않고, 나중을 위해 남지도 않아요.`,
        '필터가 `INSERT`와 `MODIFY`를 통과시키게 하세요.',
      ),
    passesRemove: say(
      '필터가 `REMOVE`를 통과시켜요. 삭제할 때마다 함수가 호출돼요.',
      '원하는 두 가지만 적으세요: `{"eventName": ["INSERT", "MODIFY"]}`.',
    ),
  },

  changes: {
    title: '변경마다 한 행, 순서대로, 이전 값과 새 값까지',
    hints: hints(
      '`lab02-audit`의 로그에서 스트림 레코드 하나를 보세요. 변경에 대해 무엇을 알려 주나요?',
      '레코드에는 `eventName`, `dynamodb.OldImage`, `dynamodb.NewImage`, `dynamodb.SequenceNumber`가 있어요.',
      '`orderId`, `sequence`(SequenceNumber), `change`(eventName), `before`와 `after`(이미지를 `M`으로)를 쓰세요.',
    ),
    nothing: say(
      '주문 하나를 넣고, 두 번 바꾸고, 지우고, 다시 넣었는데 `lab02-audit`이 아무 행도 쓰지 않았어요.',
      '`lab02-audit`의 로그를 읽어 보세요.',
    ),
    unnamed: (attributes) =>
      say(
        `행에 \`change\` 속성이 없어요. 있는 속성: ${attributes}.`,
        '레코드의 `eventName`을 `change`로 쓰세요.',
      ),
    noSequence: say(
      '행에 `sequence` 속성이 없어요. 어느 변경이 먼저인지 알 수 없어요.',
      '레코드의 `SequenceNumber`를 `sequence`로 쓰세요.',
    ),
    missing: (count) =>
      say(
        `변경 네 개가 남아야 하는데 행은 ${count}개예요. 키가 같은 행은 서로를 덮어써요.`,
        '`sequence`를 키의 일부로 써서 변경마다 행이 따로 생기게 하세요.',
      ),
    more: (count) =>
      say(
        `변경 네 개가 남아야 하는데 행은 ${count}개예요.`,
        '주문 ID와 순서 번호를 키로 쓰세요. 같은 레코드는 같은 행이 돼요.',
      ),
    order: say(
      '행을 `sequence`로 정렬해도 변경이 일어난 순서와 달라요.',
      '`change`와 `sequence`를 같은 레코드에서 가져오세요.',
    ),
    images: (name) =>
      say(
        `\`${name}\` 행에 이전 값과 새 값이 제대로 담기지 않았어요.`,
        '`OldImage`를 `before`로, `NewImage`를 `after`로 쓰세요. `INSERT`에는 `before`가 없어요.',
      ),
  },

  repeats: {
    title: '같은 이벤트가 두 번 와도 한 행만 쓰는 audit, notify, digest',
    hints: hints(
      '비동기 이벤트는 두 번 올 수 있고, 스트림의 배치는 함수가 중간에 실패하면 다시 와요.',
      '이벤트에서 두 번 모두 같고, 다른 이벤트와는 다른 것은 무엇인가요?',
      '키는 audit이 주문 ID와 순서 번호, notify가 주문 ID, digest가 이벤트의 `time`이에요. 무작위 ID나 현재 시각은 쓰지 마세요.',
    ),
    threw: (name, error) =>
      say(
        `\`${name}\` 함수를 같은 이벤트로 두 번 호출했더니 오류로 실패했어요: ${error}.`,
        '아래 호출의 로그를 읽어 보세요.',
      ),
    none: {
      audit: say(
        '`lab02-audit`을 레코드 하나로 호출했는데, 그 주문 ID가 든 행이 없어요.',
        '이벤트의 레코드마다 행을 쓰세요.',
      ),
      notify: say(
        '`lab02-notify`를 이벤트 하나로 호출했는데, 그 주문 ID가 든 행이 없어요.',
        '주문 ID를 `event.detail`에서 가져오세요.',
      ),
      digest: say(
        '`lab02-digest`를 어떤 시각의 이벤트로 호출했는데, 그 시각이 든 행이 없어요. 현재 시각을 쓰면 되풀이된 이벤트와 새 이벤트를 구별할 수 없어요.',
        '이벤트의 `time`을 `at`으로 쓰세요.',
      ),
    },
    several: (name, count) =>
      say(
        `\`${name}\` 함수를 같은 이벤트로 두 번 호출했더니 행이 ${count}개 생겼어요.`,
        '이벤트를 구별하는 값으로 행의 키를 만드세요.',
      ),
  },
};
