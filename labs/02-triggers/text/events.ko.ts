import { hints, say } from '../../wording/wording.ts';
import type { events as english } from './events.en.ts';

export const events: typeof english = {
  rule: {
    title: 'lab02-notify를 호출하는 규칙과 그 규칙만을 위한 권한',
    hints: hints(
      '규칙에는 패턴과 대상이 있어요. 그리고 함수가 EventBridge를 들여보내야 해요.',
      '규칙, 규칙의 대상, 함수의 리소스 기반 정책, 이 세 가지를 확인하세요.',
      'PutRule에 패턴, PutTargets에 `lab02-notify`의 ARN, AddPermission에 `events.amazonaws.com`과 규칙 ARN(`SourceArn`)을 넣으세요.',
    ),
    noFunction: (name) => say(`\`${name}\` 함수가 없어요.`, '`npm run deploy 2`로 배포하세요.'),
    none: say(
      '기본 이벤트 버스에 `lab02-notify`를 대상으로 하는 규칙이 없어요.',
      '이벤트 패턴이 있는 규칙을 만들고 함수를 대상으로 추가하세요.',
    ),
    disabled: (name) =>
      say(`규칙 \`${name}\`이 꺼져 있어서 아무것도 일치하지 않아요.`, '규칙을 활성화하세요.'),
    noPermission: say(
      '`lab02-notify`의 리소스 기반 정책에 EventBridge가 없어요. 규칙이 일치해도 호출이 거절돼요.',
      '`events.amazonaws.com`에 권한을 주고 `SourceArn`에 규칙의 ARN을 넣으세요.',
    ),
    everybody: say(
      '`lab02-notify`의 리소스 기반 정책이 누구에게나 호출을 허용해요(`Principal: "*"`).',
      '호출할 서비스 하나만 적으세요: `events.amazonaws.com`.',
    ),
    noArn: say(
      '권한에 `SourceArn`이 없어서 어느 계정의 어떤 규칙이든 `lab02-notify`를 호출할 수 있어요.',
      '`SourceArn`에 규칙의 ARN을 넣으세요.',
    ),
    openArn: (arn) =>
      say(
        `권한이 \`${arn}\`에 열려 있어요. 여러분의 규칙보다 넓어요.`,
        '`SourceArn`에 규칙의 전체 ARN을 넣으세요.',
      ),
    otherAccount: (account) =>
      say(
        `권한이 계정 \`${account}\`을 요구해요. 규칙은 다른 계정에 있어서 호출이 거절돼요.`,
        '`SourceAccount`에 여러분의 계정 ID를 넣으세요.',
      ),
  },

  bigOrders: {
    title: '100,000원을 넘는 주문만 기록',
    hints: hints(
      '결정하는 것은 함수가 아니라 규칙이에요. 패턴이 정확히 무엇을 요구하나요?',
      '패턴은 숫자를 비교할 수 있어요. 그러려면 이벤트의 값도, 패턴의 값도 숫자여야 해요.',
      '`{"source":["lab02.orders"],"detail-type":["OrderPlaced"],"detail":{"currency":["KRW"],"amount":[{"numeric":[">",100000]}]}}`를 쓰세요.',
    ),
    over: say(
      '100,001원 주문이 들어왔는데, 그 `orderId`가 든 행이 `lab02-notices`에 없어요.',
      '아래 이벤트로 `TestEventPattern`을 실행해 보세요. 일치한다면 `lab02-notify`의 로그를 읽어 보세요.',
    ),
    exactly: say('정확히 100,000원인 주문이 기록됐어요. 100,000원을 넘지 않아요.', '패턴에서 `>`를 쓰세요.'),
    under: say(
      '99,999원 주문이 기록됐어요. 패턴이 금액을 보지 않거나, 숫자로 보지 않아요.',
      '`{"numeric": [">", 100000]}`으로 금액을 비교하세요.',
    ),
    currency: say(
      'USD 주문이 기록됐어요. 같은 500,000이라도 통화가 다르면 다른 금액이에요.',
      '패턴에 `"currency": ["KRW"]`도 넣으세요.',
    ),
    detailType: say(
      '`OrderCancelled` 이벤트가 주문처럼 기록됐어요.',
      '패턴에 `"detail-type": ["OrderPlaced"]`를 넣으세요.',
    ),
    source: say(
      '다른 곳에서 보낸 `OrderPlaced`가 기록됐어요. 기본 버스에는 계정 안의 누구나 이벤트를 넣을 수 있어요.',
      '패턴에 worker의 source를 넣으세요.',
    ),
  },

  orderEvent: {
    title: '업로드에서 기록까지 이어지는 큰 주문',
    hints: hints(
      '규칙은 동작해요. 규칙이 기다리는 이벤트를 누가 보내고 있나요?',
      '`lab02-worker`가 버스에 넣는 것과 패턴이 요구하는 것을 비교하세요. source, 종류, 값의 타입까지요.',
      '`amount`를 숫자로 보내세요: `JSON.stringify({ orderId, customer, amount, currency })`. DynamoDB의 `{ N: "…" }`는 문자열이에요.',
    ),
    none: (source) =>
      say(
        `100,000원이 넘는 주문을 업로드했고 테이블에도 도착했는데, 기록되지 않았어요. 채점기가 \`${source}\`에서 보낸 이벤트는 규칙과 일치하니, worker가 보내는 이벤트가 달라요.`,
        'worker가 보내는 `Source`, `DetailType`을 보고, `amount`가 숫자인지 확인하세요.',
      ),
  },

  schedule: {
    title: '5분마다 lab02-digest를 실행하는 일정',
    hints: hints(
      '시간이 흐르는 것 말고는 아무 일이 없을 때, 무엇이 함수를 호출할까요?',
      'EventBridge Scheduler에는 세 가지가 필요해요. 언제, 어느 함수를, 어떤 역할로 호출할지예요.',
      'CreateSchedule에 `rate(5 minutes)`, `FlexibleTimeWindow: { Mode: "OFF" }`, `scheduler.amazonaws.com`이 맡을 수 있는 역할을 넣으세요.',
    ),
    noFunction: (name) => say(`\`${name}\` 함수가 없어요.`, '`npm run deploy 2`로 배포하세요.'),
    none: say(
      '`lab02-digest`를 대상으로 하는 일정이 없어요.',
      'EventBridge Scheduler에 이 함수를 위한 일정을 만드세요.',
    ),
    disabled: (name) =>
      say(`일정 \`${name}\`이 꺼져 있어서 실행되지 않아요.`, '상태를 `ENABLED`로 바꾸세요.'),
    rare: (expression) =>
      say(
        `일정이 \`${expression}\`이에요. 채점기가 실행을 기다리기 때문에, 이 실습에서는 적어도 5분에 한 번 실행돼야 해요.`,
        '유연한 기간 없이 `rate(5 minutes)`를 쓰세요.',
      ),
  },

  digest: {
    title: '일정 한 번에 다이제스트 하나',
    hints: hints(
      '시간이 됐어요. 함수는 무엇을 하고, 그럴 권한이 있나요?',
      '`lab02-digest`의 로그를 읽어 보세요. 로그가 없다면 일정의 역할이 함수를 호출하지 못한 거예요.',
      '`lab02-digests`에 행 하나를 쓰세요. `at`은 이벤트의 `time`, `orders`는 `lab02-orders`의 행 수예요.',
    ),
    none: (expression) =>
      say(
        `일정 \`${expression}\`의 시간이 됐는데 \`lab02-digests\`에 행이 생기지 않았어요.`,
        '`lab02-digest`의 로그를 읽어 보세요. 호출된 적이 없다면 일정의 역할을 확인하세요.',
      ),
    mayNotCall: (name) =>
      say(
        `일정의 역할에 \`${name}\` 함수를 호출하는 권한이 없어요. AWS에서는 시간이 돼도 함수가 호출되지 않아요.`,
        '일정의 역할에 이 함수의 ARN에 대한 `lambda:InvokeFunction` 권한을 주세요.',
      ),
    noTime: say(
      '다이제스트에 `at` 속성이 없어요. 어느 시각의 것인지 알 수 없어요.',
      '이벤트의 `time`을 `at`으로 쓰세요.',
    ),
    twice: (count) =>
      say(
        `일정 한 번에 다이제스트가 여러 개 생겼어요. 개수: ${count}.`,
        '이벤트의 `time`을 키로 써서 한 번에 행 하나만 쓰세요.',
      ),
    count: (actual) =>
      say(
        `다이제스트의 \`orders\` 값이 ${actual}예요. 그때 테이블에는 주문이 더 많았어요.`,
        '스캔의 모든 페이지에서 `lab02-orders`의 행을 세고, 숫자로 쓰세요.',
      ),
  },
};
