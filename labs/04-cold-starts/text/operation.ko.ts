import { hints, say } from '../../wording/wording.ts';
import type { operation as english } from './operation.en.ts';

export const operation: typeof english = {
  version: {
    title: '게시된 버전을 가리키는 별칭 live',
    hints: hints(
      '지금 함수를 고치면 `live`를 호출하는 쪽은 무엇을 받게 될까요?',
      '버전은 코드와 구성의 스냅숏이고, 별칭은 버전 하나를 가리키는 이름이에요.',
      "`PublishVersionCommand` 다음에, `Name: 'live'`와 새 버전 번호로 `CreateAliasCommand` 또는 `UpdateAliasCommand`를 보내세요.",
    ),
    noAlias: say(
      '함수에 별칭 `live`가 없어요. 버전이 바뀌어도 그대로인 이름이 호출자에게 없어요.',
      '버전을 게시하고, 그 버전을 가리키는 별칭 `live`를 만드세요.',
    ),
    latest: say(
      '별칭 `live`가 `$LATEST`를 가리켜요. 올린 코드가 곧바로 운영에 나가고, 프로비저닝된 동시성도 쓸 수 없어요.',
      '버전을 게시하고 별칭이 그 번호를 가리키게 하세요.',
    ),
    code: '코드',
    configuration: '환경 변수',
    stale: (version, what) =>
      say(
        `별칭 \`live\`가 가리키는 버전 ${version}의 ${what}이(가) 지금 함수와 달라요. 버전은 바뀌지 않으므로 나중에 바꾼 것은 들어 있지 않아요.`,
        '코드와 구성을 모두 바꾼 뒤 마지막에 다시 게시하고 별칭을 옮기세요.',
      ),
  },

  provisioned: {
    title: 'live의 프로비저닝된 동시성 1, 초기화 없는 호출',
    hints: hints(
      '초기화를 누가 기다리나요? 호출자인가요, 아니면 그 전에 끝나 있나요?',
      '프로비저닝된 동시성은 별칭이나 버전에 설정해요. `$LATEST`에는 안 돼요. `READY`가 되기까지 잠시 걸려요.',
      "`Qualifier: 'live'`, `ProvisionedConcurrentExecutions: 1`로 `PutProvisionedConcurrencyConfigCommand`를 보내세요.",
    ),
    none: say(
      '별칭 `live`에 프로비저닝된 동시성이 없어서 첫 호출자가 초기화를 기다려야 해요.',
      '`live`에 프로비저닝된 동시성 1을 설정하세요.',
    ),
    number: (count) =>
      say(
        `\`live\`의 프로비저닝된 동시성이 ${count}이에요. 기다리는 동안에도 하나하나 요금이 나오고, 이 실습에는 하나면 돼요.`,
        '`live`의 프로비저닝된 동시성을 1로 바꾸세요.',
      ),
    failed: (reason) =>
      say(
        `\`live\`의 프로비저닝된 동시성이 \`FAILED\`예요: ${reason}. 그 버전을 초기화하지 못했어요.`,
        '`npm run logs 4`에서 원인을 찾아 고친 뒤, 다시 게시하고 별칭을 옮기세요.',
      ),
    inProgress: say(
      '`live`의 프로비저닝된 동시성이 아직 `READY`가 아니에요. 실제 계정에서는 몇 분 걸릴 수 있어요.',
      '`aws lambda get-provisioned-concurrency-config`가 `READY`라고 할 때까지 기다린 뒤 다시 채점하세요.',
    ),
    threw: (type, message) =>
      say(
        `\`live\` 호출이 \`${type}\` 오류로 실패했어요: ${message}. 별칭 뒤의 버전은 스냅숏이라 나중에 설정한 것이 없을 수 있어요.`,
        '코드와 구성을 모두 갖춘 다음 다시 게시하고 별칭을 옮기세요.',
      ),
    elsewhere: (version) =>
      say(
        `\`live\` 호출을 버전 ${version}이 처리했어요. 별칭이 호출 일부를 그쪽으로 보내고 있어요.`,
        '별칭이 버전 하나만 가리키게 하세요.',
      ),
    cold: (initMs) =>
      say(
        `\`live\` 호출의 REPORT 줄에 Init Duration ${initMs}ms가 있어요. 준비된 실행 환경을 만나지 못했어요.`,
        '`live`가 가리키는 버전에 프로비저닝된 동시성이 있는지, `READY`인지 확인하세요.',
      ),
  },

  timer: {
    title: '웜 상태를 지키려고 주기적으로 부르지 않음',
    hints: hints(
      '두 호출자가 동시에 왔고, 주기적 호출이 실행 환경 하나를 데워 뒀어요. 두 번째 호출자는 무엇을 만날까요?',
      '몇 분마다 부르면 많아야 하나가 데워지고, 그것도 Lambda가 교체할 때까지예요. 보장되는 것은 없어요.',
      '`lab04-lifecycle`을 부르는 규칙이나 일정을 지우세요. 그 일은 프로비저닝된 동시성이 해요.',
    ),
    found: (name) =>
      say(
        `일정 \`${name}\`이(가) 시간에 맞춰 함수를 호출하고 있어요. 많아야 실행 환경 하나가 데워질 뿐이고, 동시에 온 두 번째 호출자와 교체 뒤의 첫 호출자는 똑같이 기다려요.`,
        '지우세요. 실행 환경을 준비해 두는 방법은 프로비저닝된 동시성이에요.',
      ),
  },

  kill: {
    title: '꺼 둔 lab04-kill: 429',
    hints: hints(
      '아무도 호출할 수 없어야 하는 함수라면 실행 환경이 몇 개까지 일해도 될까요?',
      '예약된 동시성은 예약이면서 상한이에요. 상한은 0일 수 있어요.',
      "`FunctionName: 'lab04-kill'`, `ReservedConcurrentExecutions: 0`으로 `PutFunctionConcurrencyCommand`를 보내세요.",
    ),
    missing: (name) =>
      say(
        `\`${name}\` 함수가 없어요.`,
        '이 이름으로 두 번째 함수를 배포하세요. 패키지는 첫 번째 것을 써도 돼요.',
      ),
    unreserved: say(
      '`lab04-kill`에 예약된 동시성이 없어요. 계정 전체의 몫을 나눠 쓰고, 누구나 호출할 수 있어요.',
      '예약된 동시성을 0으로 설정하세요.',
    ),
    some: (count) =>
      say(
        `\`lab04-kill\`의 예약된 동시성이 ${count}이에요. 동시에 그만큼은 응답을 받고 나머지만 429를 받아요.`,
        '예약된 동시성을 0으로 설정하세요.',
      ),
    answered: say(
      '`lab04-kill`의 예약된 동시성이 0인데도 호출에 응답했어요.',
      '잠시 기다렸다가 다시 채점하세요. 실제 계정에서는 변경이 적용되기까지 몇 초 걸려요.',
    ),
  },

  answers: {
    title: '내 측정 로그와 일치하는 answers.yaml',
    hints: hints(
      '이 숫자는 여러분만의 것이에요. 같은 숫자를 가진 사람은 없고, 로그에 남아 있어요.',
      '`npm run measure 4`가 줄마다 요청 ID가 있는 표를 출력해요. 콜드 한 줄과 웜 한 줄을 옮겨 적으세요.',
      '`coldTimesWarm`은 콜드 호출의 (`initMs` + `durationMs`)를 웜 호출의 `durationMs`로 나눈 값이에요. `kill`은 `lab04-kill`을 호출해서 돌아온 것을 읽으세요.',
    ),
    noFile: say(
      '작업 폴더에 `answers.yaml`이 없어요.',
      '스타터에서 가져와 `npm run measure 4` 결과로 채우세요.',
    ),
    unreadable: (line) =>
      say(
        `\`answers.yaml\`을 YAML로 읽을 수 없어요: ${line}번째 줄`,
        '콜론 뒤에 공백을 두고 `이름: 값`으로, 들여쓰기는 처음과 같게 쓰세요.',
      ),
    open: (keys) =>
      say(
        `\`answers.yaml\`의 ${keys}에 아직 답이 없어요.`,
        '`npm run measure 4`를 실행하고 표에서 콜드 호출 하나와 웜 호출 하나를 옮겨 적으세요.',
      ),
    noId: (kind, value) =>
      say(
        `\`${kind}.requestId\`가 ${value === '' ? '비어 있어요' : `\`${value}\`(이)라고 되어 있어요`}. 요청 ID가 아니에요.`,
        'REPORT 줄에 있는 호출 ID를 통째로 옮겨 적으세요.',
      ),
    unknown: (kind, id, group) =>
      say(
        `로그 그룹 \`${group}\`에 \`${kind}.requestId\` \`${id}\`의 REPORT 줄이 없어요.`,
        '이 대상에서 `npm run measure 4`를 실행하고 그 결과를 옮겨 적으세요.',
      ),
    notCold: (id) =>
      say(
        `호출 \`${id}\`은(는) 콜드가 아니었어요. REPORT 줄에 Init Duration이 없어요.`,
        '`cold`에는 REPORT 줄에 Init Duration이 있는 호출을 고르세요.',
      ),
    notWarm: (id) =>
      say(
        `호출 \`${id}\`은(는) 콜드였어요. REPORT 줄에 Init Duration이 있어요.`,
        '`warm`에는 REPORT 줄에 Init Duration이 없는 호출을 고르세요.',
      ),
    figure: (key, value) =>
      say(
        `\`answers.yaml\`의 \`${key}\`가 ${value}인데, 그 호출의 REPORT 줄과 달라요.`,
        '아래 줄의 숫자를 옮겨 적으세요.',
      ),
    before: say(
      '작업을 옮기기 전의 숫자예요. 웜 호출이 콜드 호출의 초기화보다 오래 걸려요.',
      '배포하고 `npm run measure 4`를 다시 실행해 새 숫자를 옮겨 적으세요.',
    ),
    times: (value) =>
      say(
        `\`coldTimesWarm\`이 ${value}예요. 콜드 환경을 만난 호출자는 초기화와 핸들러를 모두 기다려요.`,
        '콜드 호출의 초기화와 핸들러 시간을 더한 뒤, 웜 호출의 시간으로 나누세요.',
      ),
    yesOrNo: say(
      '`initIsBilled`가 yes도 no도 아니에요.',
      'REPORT 줄의 `Billed Duration`을 `Duration`, `Init Duration`과 비교하고 `yes`나 `no`로 답하세요.',
    ),
    notBilled: say(
      '`initIsBilled`에 초기화가 무료라고 되어 있어요. 아래 줄에서 Duration과 Init Duration을 더해 Billed Duration과 비교해 보세요.',
      '세 숫자가 보여 주는 대로 답하세요. 2025년 8월부터 온디맨드 함수의 초기화도 청구돼요.',
    ),
    status: (value) =>
      say(
        `\`kill.status\`가 ${value}예요. \`lab04-kill\` 호출은 다른 HTTP 상태를 받아요.`,
        '`npm run invoke 4 -- --function lab04-kill`을 실행하고 상태를 옮겨 적으세요.',
      ),
    reason: (value) =>
      say(
        `\`kill.reason\`이 ${value}예요. \`lab04-kill\`의 거절에는 다른 이유가 적혀 있어요.`,
        '`npm run invoke 4 -- --function lab04-kill`을 실행하고 이유를 그대로 옮겨 적으세요.',
      ),
  },

  measure: {
    missing: (name) => say(`측정할 \`${name}\` 함수가 없어요.`, '먼저 `npm run deploy 4`를 실행하세요.'),
    threw: (payload) =>
      say(
        `측정하는 동안 함수가 실패했어요: ${payload}`,
        '고쳐서 배포하세요. `npm run grade 4`가 더 자세히 알려 줘요.',
      ),
    noReport: say(
      '호출 로그에 REPORT 줄이 없어서 숫자가 없어요.',
      'Lambda가 REPORT 줄을 쓰는 대상, 곧 내장 클라우드나 AWS에서 측정하세요.',
    ),
    noInit: say(
      '어느 REPORT 줄에도 Init Duration이 없어서 이 대상에서는 콜드와 웜을 구별할 수 없어요.',
      'Init Duration을 알려 주는 대상, 곧 내장 클라우드나 AWS에서 측정하세요.',
    ),
  },
};
