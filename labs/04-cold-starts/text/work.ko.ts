import { image, states } from '../../function-ready/states.ko.ts';
import { hints, say } from '../../wording/wording.ts';
import type { work as english } from './work.en.ts';

export const work: typeof english = {
  ready: {
    ...states,
    hints: hints(
      '함수는 배포가 끝나야 생겨요. 배포가 끝까지 실행됐나요?',
      '스타터는 고치지 않아도 배포돼요. 프로젝트 폴더에서 `npm run deploy 4`를 실행하고 출력을 읽어 보세요.',
      '`npm run deploy 4`를 실행하세요. 직접 배포한다면 이름은 `lab04-lifecycle`, 런타임은 `nodejs24.x`예요.',
    ),
    missing: (name) =>
      say(
        `이 리전에 \`${name}\` 함수가 없어요. 아직 호출할 대상이 없는 상태예요.`,
        '`npm run deploy 4`를 실행한 뒤 다시 채점하세요.',
      ),
    image,
  },

  calls: {
    title: '모든 호출에 visitor, district, visits로 응답',
    hints: hints(
      '`npm run invoke 4 "@work/04-cold-starts/events/ada.json"`을 몇 번 실행하고 응답을 읽어 보세요.',
      '응답은 객체예요. visitor와 note는 받은 그대로, 우편번호의 district, 그리고 방문 횟수 visits가 들어 있어요.',
      '함수가 실패한다면 아래 로그를 보세요. 역할에 권한이 없거나 환경 변수 `TABLE`이 없을 수 있어요.',
    ),
    threw: (type, message) =>
      say(
        `호출이 \`${type}\` 오류로 실패했어요: ${message}. 이벤트는 방문자와 우편번호가 있는 정상 이벤트였어요.`,
        '아래 로그를 읽어 보세요. `AccessDenied`가 보이면 코드가 하려는 일을 역할이 허용하지 않는 거예요.',
      ),
    mayNotWrite: (table) =>
      say(
        `함수의 역할에 \`${table}\` 테이블에 쓰는 권한이 없어요. AWS에서는 모든 호출이 \`AccessDeniedException\`으로 실패해요.`,
        '역할에 이 테이블의 ARN에 대한 `dynamodb:UpdateItem` 권한을 주세요.',
      ),
    envelope: say(
      '응답이 `{ statusCode, body }`예요. 이건 API Gateway와의 약속인데, 이 함수 앞에는 그런 것이 없어요.',
      '객체 자체를 반환하세요.',
    ),
    missing: (members) =>
      say(
        `응답에 ${members} 값이 없어요.`,
        '스타터처럼 `visitor`, `district`, `visits`가 있는 객체를 반환하세요.',
      ),
    district: (postcode) =>
      say(
        `우편번호 ${postcode}의 district가 \`districts.ts\`의 표와 달라요.`,
        '`loadDistricts`가 돌려주는 표에서 이번 이벤트의 우편번호를 찾으세요. `districts.ts`는 그대로 두세요.',
      ),
    notNumber: say(
      '`visits`가 숫자가 아니에요. DynamoDB는 숫자를 `{ "N": "3" }`처럼 문자열로 돌려줘요.',
      '`Number(Attributes?.visits?.N)`처럼 숫자로 바꾸세요.',
    ),
    note: say(
      '이벤트에 note가 있는데 응답에 같은 note가 없어요.',
      '이번 이벤트에 `note`가 있으면 그대로 반환하세요.',
    ),
  },

  init: {
    title: '핸들러가 아니라 초기화 단계에서 표 불러오기',
    hints: hints(
      '이벤트마다 다시 실행해야 하는 줄은 어느 것이고, 첫 이벤트 전에 끝낼 수 있는 줄은 어느 것일까요?',
      '핸들러 밖의 코드는 실행 환경마다 한 번, 첫 이벤트 전에 실행돼요. Lambda는 그 시간을 `Init Duration`으로 보여 줘요.',
      '호출을 핸들러 위 모듈 범위로 옮기세요: `const districts = loadDistricts();`. 그리고 배포하세요.',
    ),
    unseen: say(
      '이번 호출들의 REPORT 줄에 콜드 호출이나 웜 호출이 한쪽밖에 없어서 비교할 수 없어요.',
      '다시 채점하세요. 계속 그렇다면 `npm run logs 4`로 로그 그룹을 확인하세요.',
    ),
    atMost: (limit) => `${limit}ms 이하`,
    inHandler: (warm, init) =>
      say(
        `가장 빠른 웜 호출도 ${warm}ms 걸렸는데 초기화는 ${init}ms예요. 미리 끝내 둘 수 있는 일을 핸들러가 이벤트마다 다시 하고 있어요.`,
        '`loadDistricts`를 핸들러 밖에서 호출해 실행 환경마다 한 번만 실행되게 하세요.',
      ),
    lazy: (handler, init) =>
      say(
        `실행 환경의 첫 호출에서 초기화는 ${init}ms인데 핸들러가 ${handler}ms 걸렸어요. 표를 첫 이벤트가 온 다음에야 불러와요. 그 호출자는 기다려야 하고, 프로비저닝된 동시성을 써도 마찬가지예요.`,
        '처음 쓸 때가 아니라 모듈 범위에서 바로 불러오세요.',
      ),
  },

  counts: {
    title: '방문 횟수는 테이블에 보관',
    hints: hints(
      '실행 환경은 생겼다 사라져요. 사라지면 숫자는 어디에 있나요?',
      '모듈 범위와 `/tmp`는 실행 환경 하나의 것이에요. `lab04-visits`는 모두의 것이에요.',
      "`Key: { visitor: { S: visitor } }`, `UpdateExpression: 'ADD visits :one'`인 `UpdateItemCommand`를 보내고, 돌아온 값을 응답하세요.",
    ),
    forgot: (before, answer) =>
      say(
        `${before}번 방문한 뒤 함수가 바뀌었고, 새 실행 환경은 ${answer}(이)라고 답했어요. 이전 환경이 변수나 \`/tmp\`에 둔 것은 함께 사라졌어요.`,
        '`lab04-visits` 테이블에서 세고, 테이블이 돌려준 숫자를 응답하세요.',
      ),
    wrong: (expected, answer) =>
      say(
        `한 방문자의 ${expected}번째 방문에 ${answer}(이)라고 답했어요. 사이에 다른 방문자도 왔어요. 횟수는 방문자마다 따로예요.`,
        '`visitor`를 키로 호출마다 1씩 더하고, 이전에 남겨 둔 값은 읽지 마세요.',
      ),
    noTable: (table) =>
      say(
        `\`${table}\` 테이블에서 \`visitor\`를 조회할 수 없어요. 테이블이 없거나 키가 달라요.`,
        '파티션 키가 `visitor`(타입 `S`)인 테이블을 만드세요. `deploy.ts`의 빈틈 4가 그 자리예요.',
      ),
    noItem: (table) =>
      say(
        `응답한 숫자는 맞는데 \`${table}\`에 그 방문자의 항목이 없어요. 진짜 값이 다른 곳에 있어요.`,
        '이 테이블에서 `visitor`를 키로 세세요.',
      ),
    noCount: (table) =>
      say(`\`${table}\`의 항목에 숫자 타입 속성 \`visits\`가 없어요.`, '`visits` 속성에 횟수를 세세요.'),
    differs: (calls, stored) =>
      say(
        `방문자는 ${calls}번 왔는데 테이블에는 ${stored}(으)로 되어 있어요.`,
        '호출마다 `visits`에 1을 더하고, 테이블이 돌려준 값을 응답하세요.',
      ),
  },

  atOnce: {
    title: '동시에 호출해도 빠지지 않는 횟수',
    hints: hints(
      '두 실행 환경이 같은 순간에 5를 읽었어요. 둘 다 무엇을 쓸까요?',
      '읽고, 더하고, 쓰면 세 단계예요. DynamoDB는 한 단계로 더할 수 있어요.',
      "`UpdateExpression: 'ADD visits :one'`에 `ReturnValues: 'UPDATED_NEW'`를 쓰세요. 그 앞에 `GetItem`은 없어야 해요.",
    ),
    lost: (calls, total) =>
      say(
        `방문자가 동시 호출을 포함해 ${calls}번 왔는데 테이블에는 ${total}(이)에요. 두 실행 환경이 같은 숫자를 읽고 둘 다 다음 숫자를 썼어요.`,
        'DynamoDB가 한 단계로 더하게 하세요: `ADD visits :one`을 쓴 `UpdateItem`.',
      ),
    twice: (numbers) =>
      say(
        `테이블의 합계는 맞는데 ${numbers}을(를) 둘 이상의 호출에 답했어요.`,
        "따로 다시 읽지 말고, 같은 `UpdateItem`이 돌려주는 값(`ReturnValues: 'UPDATED_NEW'`)을 응답하세요.",
      ),
  },

  callers: {
    title: '한 호출자의 것이 다른 응답에 섞이지 않음',
    hints: hints(
      '실행 환경은 호출보다 오래 살아요. 여러분의 환경은 무엇을 기억하나요?',
      '핸들러 밖에 있으면서 이벤트가 값을 쓰는 변수나 객체를 찾아보세요.',
      '응답은 핸들러 안에서, 이번 이벤트만으로 새로 만드세요.',
    ),
    kept: (mark) =>
      say(
        `응답에 다른 호출자가 앞서 보낸 ${mark}이(가) 들어 있어요. 여러 사람이 쓰는 함수라면 남의 데이터예요.`,
        '이벤트의 값을 핸들러 밖에 남기지 말고, 응답 객체를 호출마다 새로 만드세요.',
      ),
  },

  boot: {
    title: '실행 환경마다 다르고 바뀌지 않는 boot id',
    hints: hints(
      '실행 환경마다 한 번만 실행되고, 그 안에서 다시는 실행되지 않는 코드는 어디일까요?',
      '모듈 범위에서 만든 값은 실행 환경과, 핸들러에서 만든 값은 호출과 수명이 같아요.',
      '핸들러 위에 `node:crypto`의 `const bootId = randomUUID();`를 두고 핸들러에서 반환하세요.',
    ),
    missing: say(
      '응답에 `bootId`가 없어서 어느 실행 환경이 답했는지 알 수 없어요.',
      '모듈 범위에서 ID를 만들어 `bootId`로 반환하세요.',
    ),
    notText: say('`bootId`가 내용이 있는 문자열이 아니에요.', '`randomUUID()` 같은 문자열을 반환하세요.'),
    sameAtOnce: (id) =>
      say(
        `동시에 온 호출들이 각자 초기화를 거친 서로 다른 실행 환경에서 처리됐는데 같은 boot id ${id}을(를) 답했어요.`,
        '초기화할 때 무작위로 만드세요. 모듈 범위에 `const bootId = randomUUID();`를 두세요.',
      ),
    same: (id) =>
      say(
        `각자 초기화를 거친 두 실행 환경이 같은 boot id ${id}을(를) 답했어요.`,
        '초기화할 때 무작위로 만드세요. 모듈 범위에 `const bootId = randomUUID();`를 두세요.',
      ),
    sameAfterUpdate: (id) =>
      say(
        `함수가 바뀌어 새 실행 환경이 시작됐는데 boot id가 여전히 ${id}이에요. 코드나 패키지에 적힌 ID로는 실행 환경을 구별할 수 없어요.`,
        '초기화할 때 무작위로 만드세요. 모듈 범위에 `const bootId = randomUUID();`를 두세요.',
      ),
    perCall: (id) =>
      say(
        `웜 호출이 처음 보는 boot id ${id}을(를) 답했어요. REPORT 줄에 Init Duration이 없으니 이미 답한 적이 있는 실행 환경이에요.`,
        'ID를 핸들러 밖에서 만들어, 한 실행 환경의 모든 호출이 같은 ID를 쓰게 하세요.',
      ),
  },

  cold: {
    title: 'REPORT 줄과 일치하는 invocation과 cold',
    hints: hints(
      '실행 환경의 호출 중 어느 것이 콜드일까요? 실행 환경은 그걸 어떻게 알까요?',
      '모듈 범위의 변수로 호출을 세세요. 이 숫자는 실행 환경의 것이라 여기가 맞는 자리예요.',
      '핸들러 위에 `let invocation = 0;`, 안에서 `invocation += 1`, 그리고 `cold: invocation === 1`이에요.',
    ),
    missing: say(
      '응답에 숫자 `invocation`이나 참/거짓 `cold`가 없어요.',
      '실행 환경에서 몇 번째 호출인지 `invocation`으로, 첫 호출인지 `cold`로 반환하세요.',
    ),
    notSaid: say(
      '콜드가 아니라고 답한 호출인데 REPORT 줄에 Init Duration이 있어요.',
      '실행 환경의 첫 호출에는 `cold: true`로 답하세요.',
    ),
    saidWrongly: say(
      '콜드라고 답한 호출인데 REPORT 줄에 Init Duration이 없어요. 이미 있던 실행 환경이 처리했어요.',
      '실행 환경의 두 번째 호출부터는 `cold: false`로 답하세요. 첫 방문과 콜드 스타트는 달라요.',
    ),
    number: (expected, answer) =>
      say(
        `실행 환경의 ${expected}번째 호출이 \`invocation: ${answer}\`(이)라고 답했어요.`,
        '방문자가 아니라 실행 환경에 속한 변수로, 호출마다 1씩 세세요.',
      ),
  },
};
