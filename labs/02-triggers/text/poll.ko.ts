import { hints, say } from './sentence.ts';
import type { poll as english } from './poll.en.ts';

export const poll: typeof english = {
  mappingState: (state, reason) =>
    say(
      `이벤트 소스 매핑의 상태가 \`${state}\`예요${reason === '' ? '' : ` (${reason})`}. Lambda는 \`Enabled\`일 때만 폴링해요.`,
      '매핑을 활성화하고 상태가 `Enabled`가 될 때까지 기다리세요.',
    ),

  queue: {
    title: '두 번 받으면 포기하고 worker에게 시간을 주는 대기열',
    hints: hints(
      '매번 실패하는 메시지는 어떻게 될까요?',
      '대기열에는 리드라이브 정책을 둘 수 있어요. 그리고 누군가 처리하는 동안 메시지를 숨겨요. 얼마 동안일까요?',
      '`RedrivePolicy`에 `lab02-orders-dead`의 ARN과 `maxReceiveCount` 2를, `VisibilityTimeout`에 worker 제한 시간의 여섯 배를 넣으세요.',
    ),
    missing: (name) =>
      say(`\`${name}\`이라는 대기열이 없어요.`, '대기열을 만들거나 `npm run deploy 2`를 실행하세요.'),
    noRedrive: (name) =>
      say(
        `대기열 \`${name}\`에 배달 못한 편지 대기열(DLQ)이 없어요. 늘 실패하는 메시지가 며칠 뒤 만료될 때까지 계속 돌아와요.`,
        '두 번 받은 메시지를 `lab02-orders-dead`로 보내는 리드라이브 정책을 두세요.',
      ),
    otherTarget: (arn) =>
      say(
        `리드라이브 정책이 \`lab02-orders-dead\`가 아니라 \`${arn}\`으로 보내요.`,
        '`deadLetterTargetArn`에 `lab02-orders-dead`의 ARN을 넣으세요.',
      ),
    tooFew: (count) =>
      say(
        `\`maxReceiveCount\`가 ${count}이에요. 배포나 스로틀링처럼 운이 나쁜 순간 한 번에 멀쩡한 메시지가 묻혀요.`,
        '`maxReceiveCount`를 2로 정하세요.',
      ),
    tooMany: (count) =>
      say(
        `\`maxReceiveCount\`가 ${count}이에요. 이 실습에서는 메시지에 두 번의 기회를 줘요.`,
        '`maxReceiveCount`를 2로 정하세요.',
      ),
    visibility: (visibility, timeout) =>
      say(
        `대기열은 메시지를 ${visibility}초 동안 숨기고, worker는 ${timeout}초까지 걸릴 수 있어요. 스로틀링 재시도와 기다리는 배치까지 더하면, 아직 처리 중인 메시지가 다시 나타나요.`,
        '`VisibilityTimeout`을 함수 제한 시간의 여섯 배 이상으로 정하세요.',
      ),
    tooLong: (visibility) =>
      say(
        `대기열이 메시지를 ${visibility}초 동안 숨겨요. 실패한 메시지는 그 뒤에야 돌아오고, 채점기는 그걸 두 번 기다려요.`,
        '`VisibilityTimeout`을 60초 이하로 정하세요. 제한 시간이 5초라면 30초가 맞아요.',
      ),
  },

  workerMapping: {
    title: '다섯 개씩 가져오고 실패한 메시지를 읽는 매핑',
    hints: hints(
      '대기열은 아무도 호출하지 않아요. 메시지는 누가 가져갈까요?',
      '이벤트 소스 매핑은 대기열이 아니라 Lambda의 것이에요. 배치 크기와 응답 유형이 있어요.',
      'CreateEventSourceMapping에 `BatchSize: 5`와 `FunctionResponseTypes: ["ReportBatchItemFailures"]`를 넣으세요.',
    ),
    noWorker: (name) => say(`\`${name}\`이라는 함수가 없어요.`, '`npm run deploy 2`로 배포하세요.'),
    none: say(
      '대기열 `lab02-orders`와 `lab02-worker`를 잇는 이벤트 소스 매핑이 없어요. 메시지가 기다리는데 아무도 가져가지 않아요.',
      '이 대기열과 함수의 이벤트 소스 매핑을 만드세요.',
    ),
    batchSize: (actual) =>
      say(
        `배치 크기가 ${actual}이에요${actual === '10' ? '(Lambda 기본값)' : ''}. 메시지 몇 개가 호출 하나와 실패 하나를 함께하는지 정하는 값이에요.`,
        '`BatchSize`를 5로 정하세요.',
      ),
    noReport: say(
      '매핑에 `ReportBatchItemFailures`가 없어요. Lambda는 worker의 응답을 보지 않고, 응답만 오면 실패한 메시지까지 배치 전체를 끝난 것으로 쳐요.',
      '`FunctionResponseTypes`를 `ReportBatchItemFailures`로 정하세요.',
    ),
  },

  batchReport: {
    title: '실패한 메시지만 알리는 worker',
    hints: hints(
      '메시지 세 개 중 하나가 주문이 아니에요. Lambda는 응답에서 무엇을 알아야 할까요?',
      '핸들러 밖으로 나간 오류는 배치 전체를 실패시켜요. 메시지마다 따로 잡으세요.',
      '실패한 것들의 ID를 담아 `{ batchItemFailures: [{ itemIdentifier: record.messageId }] }`를 반환하세요.',
    ),
    threw: (type, message) =>
      say(
        `메시지 세 개 중 하나가 주문이 아니었고, worker 전체가 \`${type}\` 오류로 실패했어요: ${message}. 멀쩡한 메시지도 함께 돌아오고, 결국 함께 DLQ로 가요.`,
        '메시지마다 오류를 따로 잡고, 실패한 메시지의 `messageId`를 알리세요.',
      ),
    noReport: say(
      '응답이 실패 보고가 아니에요. Lambda는 읽을 수 없는 보고라면 배치 전체를 다시 시도하고, 비어 있으면 모두 끝난 것으로 쳐요.',
      '`{ itemIdentifier }`의 배열인 `batchItemFailures`를 가진 객체를 반환하세요.',
    ),
    silent: say(
      '메시지 세 개 중 하나가 주문이 아니었는데, worker가 실패를 알리지 않았어요. Lambda는 셋 다 지우고, 나쁜 메시지는 흔적 없이 사라져요.',
      '실패한 메시지의 `messageId`를 알리세요.',
    ),
    tooMany: say(
      '메시지 세 개 중 하나만 주문이 아니었는데, worker가 멀쩡한 것도 실패로 알렸어요. 이미 끝난 메시지가 다시 돌아와요.',
      '실제로 실패한 메시지만 알리세요.',
    ),
    otherId: say(
      'worker가 알린 값이 실패한 메시지의 `messageId`가 아니에요. 그러면 Lambda는 배치 전체를 다시 시도해요.',
      '실패한 메시지마다 한 번씩 `record.messageId`를 `itemIdentifier`로 쓰세요.',
    ),
  },

  poison: {
    title: '주문 다섯 개 중 독 하나: 행 넷, 배달 못한 편지 하나',
    hints: hints(
      '양쪽 끝을 보세요. 테이블과 대기열 `lab02-orders-dead`예요.',
      'worker가 실패로 알리지 않은 메시지는 대기열에서 지워져요. 너무 많이 받은 메시지는 DLQ로 가요.',
      '나쁜 메시지만 알리고, 직접 지우지 마세요. 나머지는 리드라이브 정책이 해요.',
    ),
    lost: (count) =>
      say(
        `메시지 다섯 개 중 넷이 주문이었는데, 테이블에 도착한 주문은 ${count}개예요.`,
        '`lab02-worker`의 로그를 읽어 보세요. 나머지는 무엇에 막혔나요?',
      ),
    kept: say(
      '주문이 아닌 메시지가 행이 됐어요. 금액이 문자열이에요.',
      'worker가 쓰기 전에 `parseOrder`에 물어보게 하세요.',
    ),
    buried: (count) =>
      say(
        `멀쩡한 주문 ${count}개가 나쁜 메시지와 함께 DLQ에 있어요. 옆의 메시지가 실패할 때마다 함께 돌아온 거예요.`,
        '실패한 메시지만 알리세요.',
      ),
    notBuried: say(
      '주문이 아닌 메시지가 DLQ에 도착하지 않았어요.',
      'worker가 매번 그 메시지를 알리는지, 리드라이브 정책이 2까지 세는지 확인하세요.',
    ),
  },

  idempotent: {
    title: '같은 주문이 두 번 와도 결과는 한 번',
    hints: hints(
      '대기열은 적어도 한 번 배달해요. 두 번째 배달 때 worker는 무엇을 하나요?',
      '그 사이에 누군가 행을 바꿨을 수 있어요. 평범한 `PutItem`은 옛 상태로 되돌려요.',
      '`ConditionExpression: "attribute_not_exists(orderId)"`를 넣고, `ConditionalCheckFailedException`은 성공으로 여기세요.',
    ),
    never: say(
      '채점기의 주문이 테이블에 도착하지 않아서 다시 보낼 것이 없었어요.',
      '`lab02-worker`의 로그를 읽어 보세요.',
    ),
    rows: (count) =>
      say(
        `같은 주문이 두 번 왔는데, 그 ID가 든 행이 ${count}개예요.`,
        '메시지 ID가 아니라 주문 ID를 키로 쓰세요.',
      ),
    reset: (status) =>
      say(
        `주문이 들어오고, 결제되고, 처음의 메시지가 한 번 더 왔어요. 지금 \`status\`는 ${status}예요. 결제가 사라졌어요.`,
        '`orderId`가 아직 없을 때만 주문을 쓰세요.',
      ),
    changed: say(
      '같은 주문이 두 번 왔는데, 두 번째에 금액이 바뀌었어요.',
      '`orderId`가 아직 없을 때만 주문을 쓰세요.',
    ),
    refused: say(
      '두 번째에 worker가 메시지를 실패로 알려요. 메시지는 돌아와 다시 실패하고, 멀쩡한 주문이 DLQ로 가요.',
      '이미 있는 주문은 끝난 일이에요. 실패로 알리지 마세요.',
    ),
  },

  stream: {
    title: '처음부터 읽고 언젠가는 포기하는 스트림 매핑',
    hints: hints(
      '테이블의 스트림은 처음에 꺼져 있어요. 그리고 매핑은 어디서부터 읽을지 알아야 해요.',
      '함정이 두 가지 있어요. 매핑이 준비되기 전의 레코드, 그리고 늘 실패하는 레코드예요.',
      '스트림은 `NEW_AND_OLD_IMAGES`, 매핑은 `StartingPosition: "TRIM_HORIZON"`과 `MaximumRetryAttempts: 2`예요.',
    ),
    noTable: (name) =>
      say(`\`${name}\`이라는 테이블이 없어요.`, '테이블을 만들거나 `npm run deploy 2`를 실행하세요.'),
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
    noAudit: (name) => say(`\`${name}\`이라는 함수가 없어요.`, '`npm run deploy 2`로 배포하세요.'),
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

  roles: {
    title: '함수마다 따로, 필요한 것만 허용하는 역할',
    hints: hints(
      '함수를 빼앗은 사람은 그 역할이 할 수 있는 일을 모두 할 수 있어요. 최소한은 무엇일까요?',
      '역할에서 `*`를 찾아보세요. 작업에도, 리소스에도요.',
      '함수마다 역할 하나, `dynamodb:PutItem`처럼 이름을 적은 작업, 테이블·대기열·버킷 하나의 ARN을 적은 리소스면 돼요.',
    ),
    shared: (first, second, role) =>
      say(
        `\`${first}\`, \`${second}\` 두 함수가 역할 \`${role}\`을 함께 써요. 한쪽에만 필요한 권한을 다른 쪽도 가져요.`,
        '함수마다 역할을 따로 만드세요.',
      ),
    negated: (role, policy) =>
      say(
        `역할 \`${role}\`의 정책 \`${policy}\`에 \`NotAction\` 또는 \`NotResource\`가 있어요. 적지 않은 것을 모두 허용해요.`,
        '허용할 것을 적으세요.',
      ),
    action: (name, action, policy) =>
      say(
        `\`${name}\` 함수가 정책 \`${policy}\` 때문에 \`${action}\` 작업을 할 수 있어요. \`*\`는 함수가 하는 일보다 훨씬 넓어요.`,
        '작업을 하나씩 적으세요.',
      ),
    resource: (name, action, policy) =>
      say(
        `\`${name}\` 함수가 정책 \`${policy}\` 때문에 계정의 모든 리소스(\`*\`)에 \`${action}\` 작업을 할 수 있어요.`,
        '필요한 리소스 하나의 ARN을 적으세요.',
      ),
  },

  answers: {
    title: '함수마다 누가 호출하고 실패하면 어떻게 되는지 답한 answers.yaml',
    hints: hints(
      '함수마다 물어보세요. 누가 응답을 기다리나요? 아무도 안 기다리나요, 호출한 쪽인가요, 폴러인가요?',
      '비동기는 Lambda 자체의 대기열이 한 번 호출하고 두 번 재시도해요. 폴링은 소스가, 동기는 호출한 쪽이 정해요.',
      '비동기 호출과 스트림은 1 + `MaximumRetryAttempts`(비동기 기본값 2), 대기열은 `maxReceiveCount`를 세세요.',
    ),
    noFile: say(
      '작업 폴더에 `answers.yaml`이 없어요.',
      '파일을 넣으세요. 스타터에 질문이 적힌 파일이 있어요.',
    ),
    unreadable: (line) =>
      say(
        `\`answers.yaml\`이 올바른 YAML이 아니에요. ${line}번째 줄을 읽을 수 없어요.`,
        '그 줄을 고치세요. 탭이 있거나 콜론 뒤에 공백이 빠진 경우가 많아요.',
      ),
    open: (keys) =>
      say(
        `\`answers.yaml\`에 아직 답하지 않은 것이 있어요: ${keys}.`,
        '모두 답하세요. 낱말의 뜻은 파일 위쪽 설명에 있어요.',
      ),
    unknown: (key, value, choices) =>
      say(
        `\`${key}\` 값이 \`${value}\`인데, 고를 수 있는 답이 아니에요.`,
        `다음 중에서 고르세요: ${choices}.`,
      ),
    wrong: (name, field, said) =>
      say(
        `\`answers.yaml\`에는 \`${name}\`의 \`${field}\`가 \`${said}\`라고 적혀 있는데, 지금 구성은 달라요.`,
        '아래의 구성과 가이드의 세 가지 모델 표를 보세요.',
      ),
  },
};
