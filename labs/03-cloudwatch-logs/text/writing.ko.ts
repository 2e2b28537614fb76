import { states } from '../../function-ready/states.ko.ts';
import { hints, say } from '../../wording/wording.ts';
import type { writing as english } from './writing.en.ts';

export const writing: typeof english = {
  files: {
    missing: (file) =>
      say(
        `작업 폴더에 이 검사가 읽을 \`${file}\` 파일이 없어요.`,
        `\`${file}\` 파일을 만들거나 원래 이름으로 되돌리세요.`,
      ),
  },

  ready: {
    ...states,
    hints: hints(
      '함수는 배포가 끝나야 생겨요. 배포가 끝까지 실행됐나요?',
      '스타터는 고치지 않아도 배포돼요. 프로젝트 폴더에서 `npm run deploy 3`을 실행하고 출력을 읽어 보세요.',
      '`npm run deploy 3`을 실행하세요. 직접 배포한다면 이름은 `lab03-checkout`, 런타임은 `nodejs24.x`예요.',
    ),
    missing: (name) =>
      say(
        `이 리전에 \`${name}\` 함수가 없어요. 아직 관찰할 대상이 없는 상태예요.`,
        '`npm run deploy 3`을 실행한 뒤 다시 채점하세요.',
      ),
  },

  checkout: {
    title: '여전히 동작하는 결제',
    hints: hints(
      '`events` 폴더의 파일로 하나씩 호출해 보세요. 응답이 전과 달라진 것이 있나요?',
      '로그를 남긴다고 호출한 쪽이 받는 것이 달라지면 안 돼요. 은행이 답하면 결과를, 답하지 않으면 오류를 돌려주세요.',
      '`{ orderId, outcome }`을 반환하세요. 로그를 남기려고 오류를 잡았다면 그다음에 오류를 던지세요.',
    ),
    threw: (outcome, type, message) =>
      say(
        `\`${outcome}\`(으)로 끝나야 할 주문에서 함수가 ${type} 오류로 실패했어요: ${message}`,
        '아래에 있는 이 호출의 로그를 읽어 보세요. 스택에 문제가 난 줄이 있어요.',
      ),
    different: (outcome) =>
      say(
        `\`${outcome}\`(으)로 끝나야 할 주문이 다른 응답을 받았어요. 로그를 남긴다고 응답이 달라지면 안 돼요.`,
        '`checkout`이 반환한 값으로 `{ orderId, outcome }`을 반환하세요.',
      ),
    swallowed: say(
      '은행이 답하지 않았는데 함수가 아무 일 없다는 듯 반환했어요. 호출한 쪽은 결제된 줄 알고, `Errors` 지표는 계속 0이에요.',
      '로그를 남기려고 오류를 잡았다면 그다음에 오류를 던지세요.',
    ),
  },

  found: {
    title: '로그 그룹에 도착하는 함수의 로그',
    hints: hints(
      '함수가 어느 로그 그룹에 쓰나요? 함수 구성에 나와 있어요.',
      '`LoggingConfig.LogGroup`이 그룹을 정해요. 역할에는 그 그룹에 쓰는 권한이 있어야 해요.',
      '직접 만든 주문으로 함수를 호출한 뒤 `npm run logs 3`을 실행해서 주문 ID를 찾아보세요.',
    ),
    empty: (group) =>
      say(
        `이 검사가 호출하는 동안 로그 그룹 \`${group}\`에 한 줄도 오지 않았어요. 함수의 역할에 로그를 쓰는 권한이 없거나, 이 그룹에 쓰는 권한이 없어요.`,
        '이 그룹에 대한 `logs:CreateLogGroup`, `logs:CreateLogStream`, `logs:PutLogEvents` 권한을 역할에 주세요.',
      ),
    mayNotWrite: (group) =>
      say(
        `함수의 역할에 로그 그룹 \`${group}\`에 쓰는 권한이 없어요. AWS에서는 함수가 남기는 로그가 모두 사라져요.`,
        '이 그룹에 대한 `logs:CreateLogGroup`, `logs:CreateLogStream`, `logs:PutLogEvents` 권한을 역할에 주세요.',
      ),
    onlyPlatform: (group) =>
      say(
        `로그 그룹 \`${group}\`에 이 호출들에 대해 Lambda가 쓴 줄만 있고 함수가 쓴 줄은 없어요.`,
        '`src/handler.ts`에서 요청마다 한 줄씩 로그를 남기세요.',
      ),
    noOrder: (group) =>
      say(
        `로그 그룹 \`${group}\`에 이 호출들의 줄은 있는데, 어느 주문의 것인지 알 수 없어요.`,
        '로그에 주문 ID를 넣으세요.',
      ),
  },

  line: {
    title: '요청마다 한 줄, 프로그램이 읽을 수 있는 형식',
    hints: hints(
      '주문 하나에 어떤 로그가 남는지 보세요. 프로그램이 거기서 지연 시간을 꺼낼 수 있나요?',
      '마지막에 한 번, 객체를 로그로 남기세요. 형식이 JSON이면 시각과 수준과 요청 ID는 Lambda가 붙여 줘요.',
      '`console.info({ orderId, outcome, latencyMs })` 형태예요. 수준이 다르면 `console.warn`이나 `console.error`를 쓰세요.',
    ),
    none: (outcome) =>
      say(
        `모든 수준을 켰는데도 \`${outcome}\`(으)로 끝난 주문에 DEBUG보다 높은 줄이 없어요.`,
        '결과가 무엇이든 요청마다 한 줄을 남기세요.',
      ),
    lineBreaks: say(
      '로그가 여러 줄에 걸쳐 손으로 이어 붙인 텍스트예요. 결과를 찾는 프로그램은 어디를 봐야 할지 짐작해야 해요.',
      '텍스트 대신 객체를 남기세요: `console.info({ orderId, outcome, latencyMs })`.',
    ),
    text: say(
      '로그가 텍스트예요. 사람은 읽을 수 있지만, 필터 패턴이나 쿼리가 결과와 지연 시간을 물어볼 수 없어요.',
      '텍스트 대신 객체를 남기세요: `console.info({ orderId, outcome, latencyMs })`.',
    ),
    twice: say(
      '로그 안에 JSON이 텍스트로 들어 있어요. `JSON.stringify`로 한 번, Lambda가 또 한 번 인코딩했어요. `$.message.outcome` 같은 패턴으로는 아무것도 찾을 수 없어요.',
      '`console`에 객체를 그대로 넘기세요.',
    ),
    several: (count) =>
      say(
        `요청 하나가 DEBUG보다 높은 줄을 ${count}개 남겼어요. 줄을 세는 쪽은 ${count}번으로 세고, 한 줄만 읽는 사람은 나머지를 놓쳐요.`,
        '아는 것을 모아 마지막에 한 번만 남기세요. 자세한 내용은 `console.debug`로 보내세요.',
      ),
    missing: (names) =>
      say(
        `로그에 다음이 없어요: ${names}. 한밤중에 이 줄을 보는 사람에게는 level, requestId, orderId, outcome, latencyMs가 모두 필요해요.`,
        '빠진 것을 넣으세요. JSON 형식에서는 `console`로 남긴 로그에 Lambda가 level과 requestId를 붙여요.',
      ),
    keptId: say(
      '두 요청의 로그에 같은 `requestId`가 있어요. 한 번 읽은 값을 핸들러 바깥에 두고 있어요.',
      '요청 ID는 Lambda에 맡기거나, 호출할 때마다 `context.awsRequestId`를 읽으세요.',
    ),
    otherId: say(
      '로그의 `requestId`가 Lambda가 이 호출에 준 ID가 아니에요. 다른 ID로는 아무도 고객의 문의에서 로그까지 갈 수 없어요.',
      '요청 ID는 Lambda에 맡기거나 `context.awsRequestId`를 남기세요.',
    ),
    otherOrder: say(
      '로그의 `orderId`가 보낸 주문의 ID와 달라요.',
      '이번 이벤트의 `order.orderId`를 남기세요.',
    ),
    otherOutcome: (outcome) =>
      say(
        `\`${outcome}\`(으)로 끝난 주문이 로그에는 다른 결과로 남았어요.`,
        '`checkout`이 반환한 값을 남기고, 오류를 던졌을 때는 `FAILED`를 남기세요.',
      ),
    latencyKind: (actual) =>
      say(
        `\`latencyMs\`가 ${actual}이에요. 숫자라야 비교하고 더하고 평균을 낼 수 있어요.`,
        '밀리초를 단위 없이 숫자로 남기세요.',
      ),
    latency: (actual, bankMs) =>
      say(
        `\`latencyMs\`가 ${actual}인데, 은행에서만 ${bankMs}ms가 걸렸어요. 결제 전체에 걸린 시간을 밀리초로 남겨야 해요.`,
        '`await checkout(order)` 앞뒤에서 `performance.now()`를 읽고 그 차이를 남기세요.',
      ),
  },

  card: {
    title: '로그에 남지 않는 카드 정보',
    hints: hints(
      '이벤트에 있는 카드 번호를 로그에서 찾아보세요. 있나요?',
      '카드 정보는 두 길로 로그에 들어가요. 통째로 남긴 객체, 그리고 오류 메시지예요.',
      '남길 것을 하나씩 고르세요. 은행의 오류를 잡고, 메시지를 직접 쓴 오류를 던지세요.',
    ),
    number: say(
      '로그에 카드 번호가 있어요. 로그를 읽을 수 있는 모두가 이 번호를 가지게 됐고, 로그의 모든 복사본도 마찬가지예요.',
      '남길 것을 골라서 적으세요. 주문이나 카드를 통째로 남기지 마세요.',
    ),
    holder: say(
      '로그에 카드 주인의 이름이 있어요. 개인 정보이고, 장애를 찾는 데 필요하지 않아요.',
      '남길 것을 골라서 적으세요. 주문이나 카드를 통째로 남기지 마세요.',
    ),
    inError: say(
      '로그에 카드 번호가 있어요. 은행의 오류 메시지에 들어 있던 거예요. Lambda는 핸들러를 벗어난 모든 오류를 메시지째 로그에 남겨요.',
      '오류를 잡아 `FAILED`를 남기고, 메시지를 직접 쓴 오류를 던지세요.',
    ),
  },

  levels: {
    title: '새 패키지 없이 로그 수준으로 정하는 출력',
    hints: hints(
      '바로 승인된 주문이 로그에 무엇을 남기나요? 운영 환경에서는 아무것도 남기지 않아야 해요.',
      '두 가지가 정해요. 여러분이 부르는 `console`의 메서드, 그리고 구성의 `ApplicationLogLevel`이에요.',
      "`LoggingConfig: { LogFormat: 'JSON', ApplicationLogLevel: 'WARN' }`. 승인은 `console.info`, 거절·재시도·느린 주문은 `warn`, 실패는 `error`예요.",
    ),
    format: say(
      '함수의 로그 형식이 Lambda 기본값인 `Text`예요. 이 형식에서는 수준과 요청 ID가 텍스트의 일부이고, 수준을 정할 수 없어요.',
      '함수의 `LoggingConfig`에서 `LogFormat`을 `JSON`으로 정하세요.',
    ),
    showsTooMuch: (level) =>
      say(
        `애플리케이션 로그 수준이 \`${level}\`이에요${level === 'INFO' ? '(Lambda 기본값)' : ''}. 잘 끝난 주문까지 모두 기록되고 요금이 나와요.`,
        '`ApplicationLogLevel`을 `WARN`으로 정하세요.',
      ),
    hidesWarnings: (level) =>
      say(
        `애플리케이션 로그 수준이 \`${level}\`이에요. 경고가 가려지고, 거절된 결제도 모두 함께 가려져요.`,
        '`ApplicationLogLevel`을 `WARN`으로 정하세요.',
      ),
    other: (outcome, actual, expected) =>
      say(
        `\`${outcome}\`(으)로 끝난 주문이 \`${actual}\` 수준으로 남았어요. \`${expected}\`여야 할 일이 가려지거나, 반대로 쓸데없이 사람을 부르게 돼요.`,
        `\`${outcome}\`은(는) \`console.${expected.toLowerCase()}\`로 남기세요.`,
      ),
    noDebug: (outcome) =>
      say(
        `수준을 DEBUG로 한 함수 복사본에서 \`${outcome}\`(으)로 끝난 주문에 DEBUG 줄이 없어요. 장애를 찾는 사람이 수준을 낮춰도 더 볼 것이 없어요.`,
        '`src/checkout.ts`의 `console.debug`를 그대로 두세요. 가리는 일은 구성이 해요.',
      ),
    slowHidden: say(
      '1초 넘게 걸린 끝에 승인된 주문이 WARN 수준에 아무 줄도 남기지 않았어요. 기다린 고객이 보이지 않아요.',
      '결과가 무엇이든 1000ms부터는 `console.warn`으로 남기세요.',
    ),
    hidden: (outcome) =>
      say(
        `\`${outcome}\`(으)로 끝난 주문의 줄이 함수의 로그 그룹에 없어요.`,
        '작성한 코드가 실행되도록 다시 배포하세요.',
      ),
    shown: (name) =>
      say(
        `수준이 WARN인데도 함수 \`${name}\`이(가) DEBUG나 INFO 수준의 줄을 남겼어요.`,
        '`console`로 남기거나 JSON에 `level`을 넣으세요. Lambda는 다른 것은 거르지 않아요.',
      ),
  },

  retention: {
    title: '로그 7일 보존',
    hints: hints(
      '아무도 정하지 않으면 CloudWatch는 로그를 얼마나 보관할까요?',
      '보존 기간은 함수가 아니라 로그 그룹에 속해요.',
      '`PutRetentionPolicyCommand`에 `retentionInDays: 7`을 넣으세요.',
    ),
    never: (group) =>
      say(
        `로그 그룹 \`${group}\`에 보존 기간이 없어서 로그가 영원히 남아요. 한 줄 한 줄에 매달, 끝없이 요금을 내요.`,
        '이 그룹의 보존 기간을 7일로 정하세요.',
      ),
    other: (group, days) =>
      say(
        `로그 그룹 \`${group}\`의 보존 기간이 ${days}일이에요. 이 가게는 7일로 정했어요.`,
        '이 그룹의 보존 기간을 7일로 정하세요.',
      ),
  },
};
