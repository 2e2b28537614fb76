import type { en, Hints, Sentence } from './en.ts';

const say = (why: string, next: string): Sentence => ({ why, next });
const hints = (nudge: string, direction: string, nearly: string): Hints => [nudge, direction, nearly];

export const ko: typeof en = {
  title: '첫 핸들러',
  goal: 'TypeScript 핸들러를 번들링하고, 역할과 구성을 붙이고, 호출하고, 로그를 읽어요.',
  cost: '내장 클라우드에서는 무료예요. AWS 계정에서는 1센트도 들지 않고, 대부분 무료 사용량 안에 들어가요.',

  evidence: {
    event: '이벤트',
    answer: '응답',
    log: '이 호출의 로그',
    files: '패키지의 파일',
    policy: (name) => `정책 ${name}`,
    trust: '신뢰 정책',
    configuration: 'GetFunctionConfiguration',
    variables: '복사본의 환경 변수',
    error: '오류',
  },

  ready: {
    title: '지원되는 런타임에서 Active 상태인 함수',
    hints: hints(
      '함수는 배포가 끝나야 생겨요. 배포가 끝까지 실행됐나요?',
      '스타터는 고치지 않아도 배포돼요. 프로젝트 폴더에서 `npm run deploy 1`을 실행하고 출력된 세 줄을 읽어 보세요.',
      '`npm run deploy 1`을 실행하세요. 직접 배포한다면 이름은 `lab01-greeter`, 런타임은 `nodejs24.x`예요.',
    ),
    missing: (name) =>
      say(
        `이 리전에 \`${name}\`이라는 함수가 없어요. 아직 호출할 대상이 없는 상태예요.`,
        '`npm run deploy 1`을 실행한 뒤 다시 채점하세요.',
      ),
    notActive: (state, reason) =>
      say(
        `함수 상태가 \`${state}\`예요${reason === '' ? '' : ` (${reason})`}. Lambda는 \`Active\` 상태인 함수만 호출해요.`,
        '다시 배포하고, `Active`가 된 다음 채점하세요.',
      ),
    updateFailed: (reason) =>
      say(
        `함수의 마지막 업데이트가 \`Failed\`로 끝났어요${reason === '' ? '' : ` (${reason})`}. 지금은 이전 코드나 이전 구성이 실행되고 있어요.`,
        '원인을 고치고 다시 배포하세요.',
      ),
    image: say(
      '컨테이너 이미지로 만든 함수예요. 이 실습은 zip 패키지와 관리형 런타임을 다뤄요.',
      '함수를 지우고 `deploy.ts`처럼 zip으로 다시 만드세요.',
    ),
    runtime: (runtime) =>
      say(
        `함수가 \`${runtime}\`에서 실행되고 있어요. 이 실습에는 AWS가 아직 지원하는 Node.js 런타임이 필요해요.`,
        '런타임을 `nodejs24.x`로 바꾸고 다시 배포하세요.',
      ),
  },

  configuration: {
    title: '메모리 256MB, 제한 시간 5초, 설명',
    hints: hints(
      '정하지 않은 값은 Lambda가 정해요. 어떤 값을 골랐을까요?',
      '메모리, 제한 시간, 설명은 코드가 아니라 구성이에요. `deploy.ts`에 자리가 있어요.',
      '`deploy.ts`의 `settings`에 `MemorySize: 256`, `Timeout: 5`, `Description`을 넣고 배포하세요.',
    ),
    memory: (actual) =>
      say(
        `함수 메모리가 ${actual}MB예요${actual === 128 ? '(Lambda 기본값)' : ''}. CPU도 메모리에 비례하므로 이 숫자가 속도와 요금을 정해요.`,
        '메모리를 256MB로 바꾸고 다시 배포하세요.',
      ),
    timeout: (actual) =>
      say(
        `함수 제한 시간이 ${actual}초예요${actual === 3 ? '(Lambda 기본값)' : ''}. 제한 시간은 호출 하나가 최대 얼마나 매달려 있어도 되는지 정하는 값이에요.`,
        '제한 시간을 5초로 바꾸고 다시 배포하세요.',
      ),
    description: say(
      '함수에 설명이 없어요. 함수 200개가 늘어선 목록에서 이 함수를 본 사람은 아무것도 알 수 없어요.',
      '설명을 한 줄 넣고 다시 배포하세요.',
    ),
  },

  trust: {
    title: 'Lambda만 맡을 수 있는 실행 역할',
    hints: hints(
      '역할에는 두 면이 있어요. 누가 맡을 수 있는지, 무엇을 허용하는지. 여기서는 앞의 것을 봐요.',
      '역할의 신뢰 정책을 읽어 보세요. `Principal`에는 하나만 있어야 해요.',
      "신뢰 정책의 `Principal`은 `{ Service: 'lambda.amazonaws.com' }`, 작업은 `sts:AssumeRole`이에요.",
    ),
    missingRole: (role) =>
      say(
        `함수에 지정된 역할은 \`${role}\`인데, IAM에는 그런 역할이 없어요. 이대로는 Lambda가 함수를 시작할 수 없어요.`,
        '역할을 만들고 함수의 실행 역할로 지정하세요.',
      ),
    noLambda: (role) =>
      say(
        `역할 \`${role}\`의 신뢰 정책에는 \`lambda.amazonaws.com\`이 역할을 맡을 수 있다는 문장이 없어요.`,
        '신뢰 정책에서 서비스 보안 주체 `lambda.amazonaws.com`에 `sts:AssumeRole`을 허용하세요.',
      ),
    others: (role, principals) =>
      say(
        `역할 \`${role}\`의 신뢰 정책이 다음 주체도 받아들여요: ${principals}. 그게 누구든 이 함수의 권한으로 행동할 수 있어요.`,
        '신뢰 정책의 보안 주체에 `lambda.amazonaws.com`만 남기세요.',
      ),
    negated: (role) =>
      say(
        `역할 \`${role}\`의 신뢰 정책에는 맡을 수 없는 쪽만 적혀 있어요(\`NotPrincipal\` 또는 \`NotAction\`). 나머지는 모두 맡을 수 있어요.`,
        '맡을 수 있는 쪽을 적으세요. `Principal`은 `lambda.amazonaws.com`, `Action`은 `sts:AssumeRole`이에요.',
      ),
  },

  permissions: {
    title: '로그 쓰기만 허용하는 역할',
    hints: hints(
      '이 함수가 응답 말고 스스로 하는 일은 무엇일까요? 로그를 써요. 그건 누가 허락하나요?',
      'AWS에 바로 이 용도의 정책이 있어요. 이름에 Lambda용이고 기본이라는 뜻이 들어 있어요.',
      '역할에 `arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole`을 연결하고 나머지는 모두 떼세요.',
    ),
    none: (role, missing) =>
      say(
        `역할 \`${role}\`에는 이 함수의 로그 그룹에 대한 ${missing} 권한이 없어요. 함수는 실행되지만 로그가 사라져요.`,
        '역할에 AWS 관리형 정책 `AWSLambdaBasicExecutionRole`을 연결하세요.',
      ),
    everything: (role, policy) =>
      say(
        `역할 \`${role}\`에 연결된 정책 \`${policy}\`이(가) 모든 작업(\`*\`)을 허용해요. 이 함수가 뚫리면 계정 전체가 넘어가요.`,
        '그 정책을 지우고 로그 작업 세 가지만 허용하세요.',
      ),
    wildcard: (role, policy, action) =>
      say(
        `역할 \`${role}\`에 연결된 정책 \`${policy}\`이(가) \`${action}\`을 허용해요. \`*\` 때문에 로그를 쓰는 세 가지 작업보다 넓은 범위가 열려요.`,
        '세 작업의 이름을 그대로 적으세요: `logs:CreateLogGroup`, `logs:CreateLogStream`, `logs:PutLogEvents`.',
      ),
    more: (role, policy, action) =>
      say(
        `역할 \`${role}\`에 연결된 정책 \`${policy}\`이(가) \`${action}\`도 허용해요. 인사 함수에는 필요 없는 권한이라 위험만 남아요.`,
        '이 권한을 빼고 로그 작업 세 가지만 남기세요.',
      ),
    negated: (role, policy) =>
      say(
        `역할 \`${role}\`에 연결된 정책 \`${policy}\`이(가) \`NotAction\`이나 \`NotResource\`를 써요. 적지 않은 것을 모두 허용한다는 뜻이에요.`,
        '`Action`에 로그 작업 세 가지를 적으세요.',
      ),
  },

  package: {
    title: 'TypeScript가 아니라 JavaScript가 든 패키지',
    hints: hints(
      'Lambda의 Node.js는 무엇을 실행할까요? 편집기가 아니라 zip 안을 들여다보세요.',
      'Lambda는 TypeScript를 실행하지 않아요. 번들러가 핸들러와 그 import를 JavaScript 파일 하나로 만들어요.',
      'esbuild로 `src/handler.ts`를 `index.mjs`로 번들링하고, 그 파일만 압축하고, 핸들러를 `index.handler`로 지정하세요.',
    ),
    typescript: (files) =>
      say(
        `패키지에 TypeScript 파일이 있어요: ${files}. Lambda의 Node.js 런타임은 \`.js\`, \`.mjs\`, \`.cjs\` 파일만 불러와요.`,
        '핸들러를 JavaScript로 번들링하고, 소스 대신 번들을 압축하세요.',
      ),
    noFile: (handler, expected) =>
      say(
        `핸들러가 \`${handler}\`로 지정돼 있어서 Lambda는 패키지에서 ${expected} 파일을 찾아요. 그런데 그 파일이 없어요.`,
        'zip 안의 파일 이름과 핸들러 설정의 앞부분을 똑같이 맞추세요.',
      ),
    malformed: (handler) =>
      say(
        `핸들러가 \`${handler}\`로 지정돼 있어요. \`파일.내보내기\` 형식이어야 하고, 가운데 점이 필요해요.`,
        '핸들러를 `index.handler`로 지정하고 다시 배포하세요.',
      ),
  },

  signature: {
    title: '콜백 없이 이벤트와 컨텍스트만 받는 핸들러',
    hints: hints(
      '핸들러의 매개변수를 세어 보세요.',
      '첫 번째는 이벤트, 두 번째는 컨텍스트예요. 세 번째는 지난 시대의 것이에요.',
      '`export const handler = async (event, context) => { … return result; }` 형태로 쓰세요. `callback`은 없어요.',
    ),
    unloadable: say(
      '배포된 파일을 불러올 수 없어요. 핸들러가 생기기도 전에 오류로 끝나요.',
      '아래 오류를 고치고 다시 배포하세요.',
    ),
    notFunction: (handler) =>
      say(
        `핸들러가 \`${handler}\`로 지정돼 있는데, 배포된 파일에는 그 이름의 함수가 없어요.`,
        '설정에 적은 이름으로 핸들러를 내보내세요: `export const handler = …`.',
      ),
    callback: (count) =>
      say(
        `핸들러의 매개변수가 ${count}개예요. Node.js 24부터 Lambda는 콜백을 받는 핸들러를 시작하지 않아요(\`Runtime.CallbackHandlerDeprecated\`).`,
        '세 번째 매개변수를 없애고, 핸들러를 `async`로 바꾸고, 결과를 반환하세요.',
      ),
  },

  result: {
    title: 'message, requestId, remainingMs가 담긴 객체 응답',
    hints: hints(
      '직접 만든 이벤트로 `npm run invoke 1`을 실행하고, 돌아온 값을 가이드의 요구와 비교해 보세요.',
      '평범한 객체를 반환하세요. JSON으로 바꾸는 일은 Lambda가 해요.',
      '`{ message, requestId: context.awsRequestId, remainingMs: context.getRemainingTimeInMillis() }`를 반환하세요.',
    ),
    threw: (type, message) =>
      say(
        `함수가 \`${type}\` 오류로 실패했어요: ${message}. 이름만 담긴 올바른 이벤트였어요.`,
        '아래 로그를 읽어 보세요. 스택에 몇 번째 줄인지 나와요.',
      ),
    stringified: say(
      '응답이 JSON이 담긴 문자열이에요. 핸들러에서 `JSON.stringify`를 부르면 Lambda가 한 번 더 인코딩해서, 호출한 쪽은 따옴표로 싸인 문자열을 받아요.',
      '객체를 그대로 반환하세요.',
    ),
    envelope: say(
      '응답이 `{ statusCode, body }`예요. 그건 API Gateway와의 약속인데, 이 함수 앞에는 API Gateway가 없어요.',
      '`{ message, requestId, remainingMs }`를 그대로 반환하세요.',
    ),
    nothing: say(
      '응답이 비어 있어요(`null`). 핸들러가 아무것도 반환하지 않거나 `await`를 빠뜨리면 호출한 쪽은 아무것도 받지 못해요.',
      '핸들러에서 결과를 반환하세요.',
    ),
    notObject: (kind) =>
      say(
        `응답의 종류: ${kind}. 호출한 쪽은 값 세 개가 든 객체를 기다려요.`,
        '`{ message, requestId, remainingMs }`를 반환하세요.',
      ),
    missing: (members) =>
      say(
        `응답에 빠진 값이 있어요: ${members}. 호출한 쪽은 message, requestId, remainingMs를 모두 읽어요.`,
        '빠진 값을 넣으세요. 요청 ID와 남은 시간은 컨텍스트에 있어요.',
      ),
    kind: (member, expected, actual) =>
      say(
        `\`${member}\` 값의 종류가 달라요. 실제: ${actual}, 기대: ${expected}.`,
        `\`${member}\`에 들어갈 값의 종류를 맞추세요: ${expected}.`,
      ),
  },

  greeting: {
    title: '어떤 이름이든 그 이름이 들어 있는 인사말',
    hints: hints(
      '이름 두 개로 함수를 두 번 호출해 보세요. 무엇이 같고 무엇이 다른가요?',
      '이름은 이벤트에 있어요. 인사말은 인사 단어, 쉼표, 공백, 이름, 느낌표 순서예요.',
      '`event.name`을 `greet(word, name)`에 넘기고 `${word}, ${name}!`을 반환하게 하세요.',
    ),
    constant: (message) =>
      say(
        `이름 두 개에 대한 응답이 모두 ${message}예요. 이벤트에서 나온 값이 아니에요.`,
        '`event.name`으로 메시지를 만드세요.',
      ),
    earlier: (name) =>
      say(
        `인사말에 이전 호출의 이름이 들어 있어요: ${name}. 핸들러 바깥의 무언가가 이름을 붙잡고 있어요.`,
        '이벤트의 값을 모듈 범위에 두지 말고, 이번 이벤트의 이름만 쓰세요.',
      ),
    different: (name) =>
      say(
        `이름 ${name}에 대한 인사말이 요구와 달라요.`,
        '아래 두 문장을 한 글자씩 비교해 보세요. 인사 단어, 쉼표, 공백, 이름, 느낌표 순서예요.',
      ),
  },

  context: {
    title: '이번 호출의 컨텍스트에서 온 requestId와 remainingMs',
    hints: hints(
      'Lambda는 핸들러에 두 번째 값을 넘겨요. 이벤트에는 없는 무엇을 알고 있을까요?',
      '컨텍스트에는 이번 호출의 ID와, 남은 시간을 알려 주는 함수가 있어요.',
      '호출마다 핸들러 안에서 `context.awsRequestId`와 `context.getRemainingTimeInMillis()`를 쓰세요.',
    ),
    kept: (requestId) =>
      say(
        `두 번의 호출이 같은 requestId로 응답했어요: \`${requestId}\`. 한 번 읽은 값을 계속 쓰고 있어요.`,
        '호출마다 핸들러 안에서 `context.awsRequestId`를 읽으세요.',
      ),
    other: say(
      '응답의 requestId가 Lambda가 이 호출에 준 값과 달라요. 지어낸 ID로는 아무도 그 호출의 로그를 찾을 수 없어요.',
      '`context.awsRequestId`로 응답하세요.',
    ),
    remaining: (actual, timeoutMs) =>
      say(
        `remainingMs 값이 ${actual}이에요. 지금 제한 시간이라면 1에서 ${timeoutMs}밀리초 사이여야 해요.`,
        '`context.getRemainingTimeInMillis()`로 응답하세요.',
      ),
  },

  stateless: {
    title: '다음 호출에 아무것도 남기지 않는 함수',
    hints: hints(
      '실행 환경은 호출 하나보다 오래 살아요. 여러분의 실행 환경은 무엇을 기억하고 있나요?',
      '핸들러 바깥에 있으면서 이벤트 때문에 값이 바뀌는 변수를 찾아보세요.',
      '이름을 담아 두는 변수를 핸들러 안으로 옮기세요. 호출에 필요한 값은 그 호출의 이벤트에서 와요.',
    ),
    kept: (name) =>
      say(
        `이름 없는 호출에 바로 앞 호출의 이름으로 응답했어요: ${name}. 여럿이 함께 쓰는 함수라면 다른 사용자의 데이터가 새는 거예요.`,
        '변수를 모듈 범위에서 없애고 이번 이벤트에 든 값만 쓰세요.',
      ),
  },

  defaultName: {
    title: '이름이 없으면 world에게 인사',
    hints: hints(
      '이름을 말하지 않은 사람에게 함수가 뭐라고 하나요?',
      '이름이 없는 경우는 세 가지예요. 값이 아예 없거나, 비어 있거나, 공백뿐이에요.',
      '`greet`에서 이름이 undefined이거나 `name.trim()`이 비어 있으면 `world`를 쓰세요.',
    ),
    different: (event) =>
      say(
        `이벤트 ${event}에는 이름이 없는데, 응답이 기본 인사말이 아니에요.`,
        '이름이 없거나 비었거나 공백뿐이면 똑같이 `world`에게 인사하세요.',
      ),
    threw: (event, type) =>
      say(
        `이벤트 ${event}에는 이름이 없는데, 함수가 \`${type}\` 오류로 실패했어요. 이름이 없는 것은 오류가 아니라 정상적인 경우예요.`,
        '이름이 없거나 비었거나 공백뿐이면 똑같이 `world`에게 인사하세요.',
      ),
  },

  invalidName: {
    title: '문자열이 아닌 이름에는 이름 있는 오류',
    hints: hints(
      'Lambda 함수를 호출한 쪽은 무언가 잘못됐다는 것을 어떻게 알까요?',
      '오류를 던지세요. Lambda가 응답에 `FunctionError`를 표시하고 오류의 이름을 전달해요.',
      '`Error`를 상속하고 `name`을 정하는 `InvalidNameError` 클래스를 만들고, 이름이 문자열이 아니면 `greet`에서 던지세요.',
    ),
    status: (event) =>
      say(
        `이벤트 ${event}에 \`{ statusCode: 400 }\`을 정상 결과로 돌려줬어요. Lambda에게 반환된 값은 모두 성공이에요. \`FunctionError\`도 없고, Errors 지표에도 남지 않고, 비동기 호출의 재시도도 없어요.`,
        '오류를 반환하지 말고 핸들러 밖으로 던지세요.',
      ),
    normal: (event) =>
      say(
        `이벤트 ${event}에 아무 문제가 없는 것처럼 응답했어요. 이름은 문자열이어야 해요.`,
        '이름이 있는데 문자열이 아니면 `InvalidNameError`를 던지세요.',
      ),
    typeError: (event) =>
      say(
        `이벤트 ${event}에서 함수가 \`TypeError\`로 실패했어요. 무엇인지 확인하기 전에 이름을 문자열처럼 썼어요.`,
        '먼저 `typeof name`을 확인하고 `InvalidNameError`를 던지세요.',
      ),
    unnamed: (event) =>
      say(
        `이벤트 ${event}에서 함수가 이름 없는 \`Error\`를 던졌어요. 호출한 쪽은 다른 실패와 구별할 수 없어요.`,
        '오류 클래스를 따로 만들고 `name`을 `InvalidNameError`로 정하세요.',
      ),
    other: (event, type) =>
      say(
        `이벤트 ${event}에서 함수가 \`${type}\` 오류로 실패했어요. 잘못된 이름을 처리하는 쪽은 \`InvalidNameError\`를 찾아요.`,
        '`name`이 `InvalidNameError`인 오류를 던지세요.',
      ),
    hidden: (event) =>
      say(
        `이벤트 ${event}에서 \`InvalidNameError\`가 나왔지만 스택에 \`TypeError\`가 있어요. 실수가 먼저 일어났고 이름만 나중에 바뀌었어요.`,
        '이름을 쓰기 전에 타입을 확인하세요.',
      ),
    local: (actual) =>
      say(
        `\`greet\`에 이름으로 42를 넘겼더니 이렇게 끝났어요: ${actual}.`,
        '이름이 있는데 문자열이 아니면 `InvalidNameError`를 던지세요.',
      ),
  },

  follows: {
    title: '구성을 따르는 응답: 인사 단어와 남은 시간',
    hints: hints(
      '패키지는 그대로 두고 함수의 `GREETING`만 바꿔 보세요. 인사말이 바뀌나요?',
      '프로세스는 `process.env`로 환경 변수를 읽어요. 어떤 이름으로 설정했고, 어떤 이름으로 읽고 있나요?',
      '`deploy.ts`의 `settings`에 `GREETING`을 설정하고 `handler.ts`에서 `process.env.GREETING`을 읽으세요.',
    ),
    unset: say(
      '함수에 환경 변수 `GREETING`이 없어요. 그러면 인사 단어가 코드에 있게 되고, 단어를 바꿀 때마다 새 패키지가 필요해요.',
      '함수의 환경 변수에 `GREETING`을 설정하세요. 예: `Hello`.',
    ),
    word: (value) =>
      say(
        `함수의 복사본을 \`GREETING\` 값 ${value}(으)로 실행했는데 다른 단어로 인사했어요. 단어가 코드에 적혀 있어요.`,
        '`process.env.GREETING`에서 단어를 읽으세요.',
      ),
    threw: (type, message) =>
      say(
        `환경 변수를 바꾼 함수의 복사본이 \`${type}\` 오류로 실패했어요: ${message}.`,
        '환경 변수 값이 무엇이든 핸들러가 동작하게 하세요.',
      ),
    remaining: (actual, timeout) =>
      say(
        `함수의 복사본을 제한 시간 ${timeout}초로 실행했는데 remainingMs가 ${actual}이었어요. 호출의 시계에서 나온 값이 아니에요.`,
        '`context.getRemainingTimeInMillis()`로 응답하세요.',
      ),
  },

  language: {
    title: '`language`에 따라 달라지는 인사 단어',
    hints: hints(
      '인사 단어가 든 환경 변수가 두 개예요. 각각 언제 쓰이나요?',
      '`ko`이면 `GREETING_KO`예요. 나머지 언어이거나 변수가 없으면 `GREETING`을 써요.',
      "`const word = process.env.GREETING ?? 'Hello'; return language === 'ko' ? (process.env.GREETING_KO ?? word) : word;`",
    ),
    korean: say(
      '`ko`로 요청했는데 인사말이 `GREETING_KO` 값으로 시작하지 않아요.',
      '이벤트에 `language: "ko"`가 있으면 `process.env.GREETING_KO`를 쓰세요.',
    ),
    other: (language) =>
      say(
        `\`${language}\` 언어로 요청했는데 인사말이 \`GREETING\` 값으로 시작하지 않아요.`,
        '`ko`를 뺀 모든 언어에는 `GREETING`을 쓰세요.',
      ),
    fallback: say(
      '`GREETING_KO`가 없는 상태에서 `ko`로 요청했는데 인사말이 `GREETING` 값으로 시작하지 않아요.',
      '`GREETING_KO`가 없으면 `GREETING`을 쓰세요.',
    ),
  },

  pure: {
    title: 'AWS 없이도 동작하는 인사말 모듈',
    hints: hints(
      '웹 서버나 명령줄 프로그램이 여러분의 인사말을 그대로 쓸 수 있을까요?',
      '`greeting.ts`는 인수 두 개를 받아 문자열을 반환해요. 필요한 것은 모두 인수로 들어와요.',
      '`process.env`, 이벤트, 컨텍스트는 `handler.ts`로 옮기고, `greet(word, name)`은 `${word}, ${name}!`을 반환하게 하세요.',
    ),
    unreadable: say(
      '`src/greeting.ts`를 불러와 호출할 수 없어요.',
      '아래 오류를 고치세요. `npm run unit 1`에서도 볼 수 있어요.',
    ),
    noExport: (exports) =>
      say(
        `\`src/greeting.ts\`에 \`greet\`이 없어요. 내보낸 것: ${exports === '' ? '없음' : exports}.`,
        '`greet(word, name)` 함수를 내보내세요.',
      ),
    imports: (packages) =>
      say(
        `\`src/greeting.ts\`에서 다음 패키지를 import해요: ${packages}. 프로그램의 핵심이 AWS에 묶여서, AWS 없이는 테스트도 할 수 없어요.`,
        'AWS가 필요한 부분은 `handler.ts`로 옮기고 결과만 인수로 넘기세요.',
      ),
    threw: (call, error) =>
      say(
        `Lambda 없이 \`${call}\`을 호출했더니 오류로 끝났어요: ${error}.`,
        '`greet`이 인수 두 개만으로 동작하게 하세요.',
      ),
    different: (call) =>
      say(
        `Lambda 없이 \`${call}\`을 호출했더니 인사말이 나오지 않았어요.`,
        '`greet`이 인수 두 개만으로 `${word}, ${name}!`을 만들게 하세요.',
      ),
  },

  is: {
    text: '문자열',
    number: '숫자',
    array: '배열',
    nothing: '없음',
    boolean: '참/거짓 값',
    object: '객체',
  },
  and: ', ',
  anyone: '누구나(`*`)',
};
