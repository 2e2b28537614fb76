import { hints, say } from '../../wording/wording.ts';
import type { signals as english } from './signals.en.ts';

export const signals: typeof english = {
  pattern: {
    title: '거절된 결제만 찾는 필터 패턴',
    hints: hints(
      '`npm run logs 3 -- --filter` 뒤에 패턴을 따옴표로 감싸서 시험해 보세요. 나온 줄이 모두 거절된 결제인가요?',
      '낱말 패턴은 어디에 있든 찾아내요. `DECLINED_RETRY` 안에서도, 주문 ID 안에서도요. 낱말 대신 필드 하나의 값을 물어보세요.',
      '결과가 그 자리에 있다면 `{ $.message.outcome = "DECLINED" }`예요. 별표를 붙이면 `DECLINED_RETRY`도 걸려요.',
    ),
    empty: (where) =>
      say(
        `${where}의 패턴이 비어 있어요. 빈 패턴은 모든 줄과 일치해요.`,
        '결과가 `DECLINED`인지 묻는 패턴을 쓰세요.',
      ),
    invalid: (where, message) =>
      say(
        `CloudWatch Logs가 ${where}의 패턴을 받아들이지 않아요: ${message}`,
        '`{ $.필드 = "값" }` 형식과 비교해 보세요.',
      ),
    misses: (where) =>
      say(
        `${where}의 패턴이 거절된 결제를 놓쳐요. 일치해야 할 줄이 아래에 있어요.`,
        '로그에서 결과가 어느 자리에 있는지 보고 그 자리를 정확히 적으세요.',
      ),
    retried: (where) =>
      say(
        `${where}의 패턴이 \`DECLINED_RETRY\`와도 일치해요. 두 번째 시도에서 결제된 주문이에요. 이것까지 세면 괜히 누군가를 깨우게 돼요.`,
        '필드를 값 전체와 비교하세요: `= "DECLINED"`.',
      ),
    anywhere: (where) =>
      say(
        `${where}의 패턴이 DECLINED가 다른 자리(여기서는 주문 ID)에 있는 줄과 일치해요. 그 결제는 거절되지 않았어요.`,
        '줄 어딘가의 낱말 대신 `outcome` 필드의 값을 물어보세요.',
      ),
    others: (where) =>
      say(`${where}의 패턴이 거절된 결제가 아닌 줄과도 일치해요.`, '`outcome` 필드의 값을 물어보세요.'),
    liveMisses: (group) =>
      say(
        `함수 복사본의 로그에는 패턴이 맞는데, \`${group}\`에서는 실제로 거절된 것보다 적게 찾아요.`,
        '작성한 코드가 실행되도록 다시 배포하세요.',
      ),
    liveOthers: (group) =>
      say(
        `\`${group}\`에서 패턴이 거절되지 않은 결제의 줄과도 일치해요.`,
        '`outcome` 필드의 값을 물어보세요.',
      ),
  },

  metric: {
    title: '거절된 결제를 세는 지표 필터',
    hints: hints(
      '지표 필터는 로그 그룹에 속해요. 함수가 쓰는 그룹에 있나요?',
      '패턴과 일치하는 줄마다 지표에 숫자를 더해요.',
      '`PutMetricFilterCommand`에 파일의 패턴, `metricValue: "1"`, 네임스페이스 `lab03-checkout`, 이름 `DeclinedPayments`를 넣으세요.',
    ),
    filter: (name) => `지표 필터 \`${name}\``,
    none: (group) =>
      say(
        `로그 그룹 \`${group}\`에 지표 필터가 없어요. 거절된 결제가 로그에 있는데 아무도 세지 않아요.`,
        '이 그룹에 지표 필터를 만드세요.',
      ),
    otherGroup: (actual, expected) =>
      say(
        `지표 필터는 \`${actual}\` 그룹에 있는데 함수는 \`${expected}\`에 써요. 오지 않을 로그를 기다리고 있어요.`,
        '함수의 `LoggingConfig`에 적힌 그룹에 지표 필터를 만드세요.',
      ),
    otherMetric: (group, expected) =>
      say(
        `로그 그룹 \`${group}\`에 지표 필터가 있지만, ${expected} 지표를 채우는 것은 없어요.`,
        '지표의 네임스페이스와 이름을 가이드의 표와 같게 하세요.',
      ),
    value: (actual) =>
      say(
        `지표 필터가 거절된 결제마다 \`${actual}\`을(를) 더해요. 개수를 세려면 1씩 더해야 해요.`,
        '`metricValue`를 `1`로 정하세요.',
      ),
    dimensions: (names) =>
      say(
        `지표 필터가 지표에 차원을 붙여요(${names}). 값의 조합마다 따로 요금이 나오는 다른 지표가 되고, 차원 없는 지표를 보는 경보에는 아무것도 보이지 않아요.`,
        '차원을 빼세요.',
      ),
    notCounted: (wanted, counted) =>
      say(
        `결제 ${wanted}건이 거절됐는데 지표는 ${counted}건을 셌어요. 필터는 만들어진 뒤에 들어온 로그만 세요.`,
        '아래 필터의 그룹, 패턴, 값을 확인하고 다시 채점하세요.',
      ),
  },

  alarm: {
    title: '울렸다가 다시 조용해지는 경보',
    hints: hints(
      '거절이 얼마 동안 몇 건이면 너무 많은 걸까요? 하나도 없는 1분은 어떤가요?',
      '경보는 지표를 60초 동안 더해요. 대부분의 1분에는 로그가 하나도 없으니, 누락된 데이터를 어떻게 볼지 알려 주세요.',
      "`Statistic: 'Sum'`, `Period: 60`, `EvaluationPeriods: 1`, `Threshold: 3`, `GreaterThanOrEqualToThreshold`, `TreatMissingData: 'notBreaching'`이에요.",
    ),
    none: (name) => say(`\`${name}\` 경보가 없어요.`, '이 이름으로 지표에 경보를 만드세요.'),
    otherMetric: (actual) =>
      say(
        `경보가 ${actual} 지표를 보고 있어요. 거절된 결제는 다른 지표가 세요.`,
        '지표 필터가 채우는 네임스페이스와 이름을 경보에 적으세요.',
      ),
    dimensions: say(
      '경보는 차원이 있는 지표를 보는데 지표 필터는 차원을 붙이지 않아요. CloudWatch에는 서로 다른 지표이고, 그중 하나는 비어 있어요.',
      '경보에서 차원을 빼세요.',
    ),
    statistic: (actual) =>
      say(
        `경보가 \`${actual}\` 통계를 봐요. 거절된 결제는 하나에 1씩 더하므로, 평균이나 최댓값은 몇 건이든 1이에요.`,
        '통계를 `Sum`으로 정하세요.',
      ),
    period: (actual) =>
      say(`경보가 ${actual}초 동안을 더해요. 이 가게의 규칙은 1분이에요.`, '기간을 60초로 정하세요.'),
    threshold: (comparison, threshold) =>
      say(
        `경보가 \`${comparison}\`, ${threshold}(으)로 비교해요. 1분에 거절 3건이면 울리고 2건이면 울리지 않아야 해요.`,
        '임곗값을 3, 비교를 `GreaterThanOrEqualToThreshold`로 정하세요.',
      ),
    patient: (needed) =>
      say(
        `경보가 나쁜 1분이 ${needed}번 쌓일 때까지 기다려요. 이 가게의 규칙은 한 번이에요.`,
        '`EvaluationPeriods`를 1로 정하세요.',
      ),
    silent: (state) =>
      say(
        `잠깐 사이에 결제 6건이 거절됐고 지표도 셌는데, 경보는 \`${state}\` 그대로예요.`,
        '경보의 네임스페이스, 이름, 통계, 기간, 임곗값을 지표와 비교하세요.',
      ),
    stuck: say(
      '경보가 울린 뒤, 거절 없는 몇 분이 지났는데도 계속 `ALARM`이에요. 누락된 데이터를 나쁘게 보거나, 상태를 바꿀 이유로 보지 않아요.',
      '`TreatMissingData`를 `notBreaching`으로 정하세요.',
    ),
    unknown: say(
      '경보가 울린 뒤 `INSUFFICIENT_DATA`가 됐어요. 거절이 없는 1분에는 데이터가 없는데, 이 가게에는 그것이 좋은 1분이에요.',
      '`TreatMissingData`를 `notBreaching`으로 정하세요.',
    ),
  },

  query: {
    title: '느린 결제만 찾는 쿼리',
    hints: hints(
      '쿼리를 실행하고 결과 한 행을 보세요. 몇 밀리초부터 느린 결제인가요?',
      '여러분의 로그에 있는 지연 시간을 숫자로 걸러 내고, 요청 ID를 보여 주세요.',
      '지연 시간이 그 자리에 있다면 `filter message.latencyMs >= 1000 | fields requestId, message.orderId, message.latencyMs`예요.',
    ),
    empty: say('`slow.query` 파일에 쿼리가 없어요.', '1000ms 이상 걸린 요청을 찾는 쿼리를 쓰세요.'),
    invalid: (message) =>
      say(
        `CloudWatch Logs가 쿼리를 받아들이지 않아요: ${message}`,
        '메시지가 가리키는 곳을 고치세요. 명령은 `|`로 나눠요.',
      ),
    inFixture: '채점기가 만든 로그',
    inGroup: (group) => `\`${group}\``,
    noId: (where) =>
      say(
        `${where}에서 쿼리의 결과에 요청 ID가 없어요. 어느 요청인지 알 수 없는 행은 쓸모가 없어요.`,
        '결과에 `requestId` 필드를 넣으세요.',
      ),
    fast: (where, latencies) =>
      say(
        `${where}에서 쿼리가 느리지 않은 요청도 찾아요(${latencies}ms).`,
        '지연 시간이 1000 이상인 것만 거르세요.',
      ),
    missed: (where, latencies) =>
      say(
        `${where}에서 쿼리가 느린 요청을 놓쳐요(${latencies}ms). 결과와 상관없이 1000ms부터 느린 결제예요.`,
        '`latencyMs`만으로 1000부터 거르고, 작은 `limit`은 빼세요.',
      ),
    twice: (where) =>
      say(
        `${where}에서 쿼리가 같은 요청에 여러 행을 내놓아요.`,
        '지연 시간이 있는 줄만 거르세요. 요청마다 한 줄이에요.',
      ),
  },

  case: {
    title: '사건: 기다린 고객',
    hints: hints(
      '로그에 쿼리를 실행해 보세요. 누구의 주문이 느렸고, 어느 요청이었나요?',
      '고객의 주문은 `case-`로, 채점기의 주문은 `check-`로 시작해요.',
      '주문 ID가 `case-`로 시작하는 행의 `requestId`를 `answers.yaml`의 `requestId:` 뒤에 적으세요.',
    ),
    invalid: say(
      '`answers.yaml` 파일이 올바른 YAML이 아니에요.',
      '아래 위치를 고치세요. 콜론 뒤에는 공백이 오고, 들여쓰기는 공백으로 해요.',
    ),
    opened: (count, group) =>
      say(
        `읽을 수 있는 로그를 남긴 고객이 아직 없어서 방금 ${count}명이 다녀갔어요. 그중 한 명이 훨씬 오래 기다렸고, 누구인지는 \`${group}\`에 있어요.`,
        '쿼리로 그 요청을 찾아 ID를 `answers.yaml`에 적고 다시 채점하세요.',
      ),
    empty: say(
      '고객들이 다녀갔고 그중 한 명이 훨씬 오래 기다렸는데, `answers.yaml`에 어느 요청인지 적혀 있지 않아요.',
      '쿼리로 그 요청을 찾아 `answers.yaml`의 `requestId:` 뒤에 ID를 적으세요.',
    ),
    other: (latencyMs) =>
      say(
        `\`answers.yaml\`의 요청은 ${latencyMs}ms가 걸렸어요. 훨씬 오래 기다린 고객이 따로 있어요.`,
        '결과를 지연 시간순으로 정렬하고 맨 위의 요청을 고르세요.',
      ),
    orderId: say(
      '`answers.yaml`에 적힌 것은 주문 ID예요. 주문은 두 번 보낼 수 있지만 요청은 한 번뿐이에요.',
      '같은 행의 `requestId`를 적으세요.',
    ),
    notCustomer: say(
      '`answers.yaml`의 요청은 고객의 것이 아니에요. 주문 ID가 `case-`로 시작하지 않아요.',
      '주문 ID가 `case-`로 시작하는 행을 고르세요.',
    ),
    unknown: (group) =>
      say(
        `\`answers.yaml\`의 요청이 로그 그룹 \`${group}\`에 없어요. ID는 학생마다 다르고, 로그는 7일 뒤에 사라져요.`,
        '쿼리를 다시 실행하고 결과에서 ID를 복사하세요.',
      ),
  },
};
