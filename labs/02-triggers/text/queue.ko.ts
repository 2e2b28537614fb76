import { hints, say } from '../../wording/wording.ts';
import type { queue as english } from './queue.en.ts';

export const queue: typeof english = {
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
      say(`\`${name}\` 대기열이 없어요.`, '대기열을 만들거나 `npm run deploy 2`를 실행하세요.'),
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
    noWorker: (name) => say(`\`${name}\` 함수가 없어요.`, '`npm run deploy 2`로 배포하세요.'),
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
};
