import { hints, say } from '../../wording/wording.ts';
import type { uploads as english } from './uploads.en.ts';

export const uploads: typeof english = {
  intakeReady: {
    title: 'Active 상태의 함수 lab02-intake',
    hints: hints(
      '함수는 배포가 끝나야 생겨요. 배포가 끝까지 실행됐나요?',
      '스타터는 고치지 않아도 배포돼요. 프로젝트 폴더에서 `npm run deploy 2`를 실행하고 출력을 읽어 보세요.',
      '`npm run deploy 2`를 실행하세요. 직접 만든다면 이름은 `lab02-intake`, 런타임은 `nodejs24.x`예요.',
    ),
    missing: (name) =>
      say(
        `이 리전에 \`${name}\` 함수가 없어요. 아직 트리거할 대상이 없는 상태예요.`,
        '`npm run deploy 2`를 실행한 뒤 다시 채점하세요.',
      ),
    notActive: (state, reason) =>
      say(
        `함수 상태가 \`${state}\`예요${reason === '' ? '' : ` (${reason})`}. Lambda는 \`Active\` 상태인 함수만 호출해요.`,
        '다시 배포하고, `Active`가 된 다음 채점하세요.',
      ),
    runtime: (runtime) =>
      say(
        `함수가 \`${runtime}\`에서 실행되고 있어요. 이 실습에는 AWS가 아직 지원하는 Node.js 런타임이 필요해요.`,
        '런타임을 `nodejs24.x`로 바꾸고 다시 배포하세요.',
      ),
  },

  uploadPermission: {
    title: '이 계정의 이 버킷에만 열린 lab02-intake 호출 권한',
    hints: hints(
      '실행 역할은 함수가 무엇을 할 수 있는지 정해요. 그럼 누가 함수를 호출할 수 있는지는 어디에 적혀 있을까요?',
      '함수의 리소스 기반 정책을 읽어 보세요. 버킷 ARN에는 누구의 버킷인지가 없어요. 무엇으로 알 수 있을까요?',
      '`Principal: s3.amazonaws.com`, 버킷 ARN을 넣은 `SourceArn`, 계정 ID를 넣은 `SourceAccount`로 권한을 추가하세요.',
    ),
    none: say(
      '`lab02-intake`의 리소스 기반 정책에 S3가 없어요. S3는 호출할 수 없는 함수로 가는 알림을 받아 주지 않아요.',
      '`AddPermission`으로 `s3.amazonaws.com`에 권한을 주세요.',
    ),
    everybody: say(
      '`lab02-intake`의 리소스 기반 정책이 누구에게나 호출을 허용해요(`Principal: "*"`).',
      '호출할 서비스 하나만 적으세요: `s3.amazonaws.com`.',
    ),
    noArn: say(
      '권한에 `SourceArn`이 없어서 어떤 버킷이든 `lab02-intake`를 호출할 수 있어요.',
      '`SourceArn`에 버킷의 ARN을 넣으세요.',
    ),
    otherArn: (arn) =>
      say(
        `권한이 \`${arn}\`에 열려 있어요. 이 실습의 버킷 하나만을 위한 권한이 아니에요.`,
        '`SourceArn`에 와일드카드 없이 버킷의 ARN을 넣으세요.',
      ),
    noAccount: say(
      '권한에 `SourceAccount`가 없어요. 버킷 ARN에는 계정 ID가 없어서, 버킷을 지운 뒤 다른 사람이 같은 이름을 가져가면 그 사람의 업로드가 이 함수를 호출해요.',
      '`SourceAccount`에 계정 ID를 넣으세요.',
    ),
    otherAccount: (account) =>
      say(
        `권한이 계정 \`${account}\`의 버킷에 열려 있어요. 이 실습이 있는 계정이 아니에요.`,
        '`SourceAccount`에 여러분의 계정 ID를 넣으세요.',
      ),
  },

  notification: {
    title: '새 orders/*.json마다 lab02-intake를 호출하는 버킷',
    hints: hints(
      '권한은 S3가 호출해도 된다는 뜻일 뿐이에요. 호출하라는 말은 어디에 적을까요?',
      '버킷에는 알림 구성이 있어요. 어떤 이벤트를, 어떤 키에 대해, 어느 함수로 보낼지 적어요.',
      '이벤트는 `s3:ObjectCreated:*`, 필터 규칙은 접두사 `orders/`와 접미사 `.json`이에요.',
    ),
    noBucket: (bucket) =>
      say(
        `\`${bucket}\` 버킷이 없어요. 이름 끝의 계정 ID 덕분에 AWS 전체에서 여러분만의 이름이 돼요.`,
        '버킷을 만들거나 `npm run deploy 2`를 실행하세요.',
      ),
    none: (bucket) =>
      say(
        `버킷 \`${bucket}\`에 \`lab02-intake\`로 가는 알림이 없어요. 파일이 들어와도 아무도 몰라요.`,
        '새 객체를 함수에 알리도록 구성하세요.',
      ),
    noCreation: say('새 객체에 대한 알림이 아니에요.', '이벤트로 `s3:ObjectCreated:*`를 고르세요.'),
    notPut: say(
      '알림에 `s3:ObjectCreated:Put`이 빠져 있어요. 작은 파일은 그렇게 들어와요.',
      '`s3:ObjectCreated:*`를 쓰세요. 객체가 만들어지는 모든 경우를 포함해요.',
    ),
    prefix: (prefix) =>
      say(
        `알림의 접두사가 ${prefix === '' ? '없어요. 함수가 직접 쓰는 파일까지 버킷의 모든 파일이 함수를 호출해요.' : `\`${prefix}\`예요. 주문은 \`orders/\` 아래에 있어요.`}`,
        '접두사를 `orders/`로 정하세요.',
      ),
    suffix: (suffix) =>
      say(
        `알림의 접미사가 ${suffix === '' ? '없어요' : `\`${suffix}\`예요`}. 주문은 \`.json\` 파일이에요.`,
        '접미사를 `.json`으로 정하세요.',
      ),
  },

  testOrders: {
    title: '채점기가 보낸 시험 주문',
    hints: hints(
      '이 검사는 보내기만 해요. 그 주문이 어떻게 됐는지는 아래의 검사들이 봐요.',
      '채점기의 주문 ID는 `grader-`로 시작해요. 로그에서 찾아볼 수 있어요.',
      '이 검사가 오류로 끝났다면 아래에 이유가 있어요. 대상이 업로드, 메시지, 이벤트 중 하나를 받지 않은 거예요.',
    ),
  },

  noLoop: {
    title: '자신을 트리거하는 곳에 쓰지 않는 함수',
    hints: hints(
      '새 파일 때문에 호출된 함수가 새 파일을 만들면 어떻게 될까요?',
      '버킷의 목록을 보세요. `orders/` 아래에 아무도 업로드하지 않은 파일이 있나요?',
      '결과는 테이블, 대기열, 다른 버킷에 쓰세요. 꼭 이 버킷이어야 한다면 알림이 다루지 않는 접두사를 쓰세요.',
    ),
    uninvited: (count, keys) =>
      say(
        `채점기의 파일이 처리되는 동안 \`orders/\` 아래에 다른 파일이 생겼어요. 개수: ${count}, 파일: ${keys}. 하나하나가 함수를 다시 호출하고, AWS가 고리를 끊을 때까지 요금이 나가요.`,
        '어떤 함수도 `orders/` 아래에 쓰지 않게 하세요. 파이프라인은 대기열로 이어져요.',
      ),
  },

  decodedKey: {
    title: '공백과 한글이 든 키의 파일이 만든 행',
    hints: hints(
      '`lab02-intake`의 로그에서 이벤트를 보세요. 키가 파일 이름과 같아 보이나요?',
      'S3는 이벤트의 키를 폼처럼 인코딩해요. 공백은 `+`, 나머지는 `%XX`가 돼요.',
      '`decodeURIComponent(key.replaceAll("+", " "))`로 풀고, 결과를 `file`로 메시지에 넣으세요.',
    ),
    nothing: (key) =>
      say(
        `\`${key}\` 파일을 업로드했는데, 그 주문이 테이블 \`lab02-orders\`에 도착하지 않았어요.`,
        '로그를 따라가 보세요. 먼저 `lab02-intake`, 다음은 `lab02-worker`예요.',
      ),
    encoded: (key) =>
      say(
        `이름이 평범한 파일은 도착했는데 \`${key}\`는 도착하지 않았어요. 키에 공백, 한글, 더하기 기호가 있어요.`,
        '객체를 읽기 전에 이벤트의 키를 디코딩하세요.',
      ),
    noFile: say(
      '주문은 도착했는데 행에 `file` 속성이 없어요. 어느 업로드에서 왔는지 알 수 없어요.',
      'intake가 디코딩한 키를 메시지에 넣고, worker가 행에 쓰게 하세요.',
    ),
    otherFile: (file) =>
      say(
        `행의 \`file\`이 ${file}예요. 업로드한 파일의 키와 달라요.`,
        '먼저 키를 디코딩하고, 어디서나 디코딩한 키를 쓰세요.',
      ),
    member: (member, actual) =>
      say(
        `행의 \`${member}\` 값이 ${actual}예요. 파일의 값과 달라요.`,
        `\`${member}\` 값을 그대로 넘기세요. 파일에서 메시지로, 메시지에서 행으로요.`,
      ),
    status: (actual) =>
      say(`행의 \`status\` 값이 ${actual}예요. 새 주문은 \`placed\`예요.`, '`status`에 `placed`를 쓰세요.'),
  },

  otherKeys: {
    title: '다른 곳의 파일에는 아무 일도 없음',
    hints: hints(
      '파이프라인이 보면 안 되는 파일은 무엇일까요?',
      'S3는 누군가를 호출하기 전에 키의 앞부분과 뒷부분으로 거를 수 있어요.',
      '알림에 접두사 `orders/`와 접미사 `.json`을 넣으세요.',
    ),
    arrived: (key) =>
      say(
        `\`${key}\` 파일이 주문이 됐어요. \`orders/\` 아래에 있지 않거나 \`.json\`이 아닌 파일이에요.`,
        '알림에서 접두사와 접미사로 거르세요.',
      ),
  },

  invalidFile: {
    title: 'intake에서 멈추는, 주문이 아닌 파일',
    hints: hints(
      'intake는 문 앞에 서 있어요. 무엇을 들여보내야 할까요?',
      '무엇이 주문인지는 `order.ts`가 알아요. 누가 물어보나요?',
      '메시지를 보내기 전에 파일의 내용으로 `parseOrder`를 부르세요.',
    ),
    arrived: say(
      '금액이 문자열인 파일이 테이블의 행이 됐어요. 안에 무엇이 들었는지 아무도 보지 않았어요.',
      '`parseOrder`가 거절하는 것은 intake도 거절하게 하세요.',
    ),
    queued: say(
      '금액이 문자열인 파일이 대기열까지 왔어요. 거기서는 실패할 수밖에 없어요.',
      '메시지를 보내기 전에, `parseOrder`가 거절하는 것은 intake도 거절하게 하세요.',
    ),
  },
};
