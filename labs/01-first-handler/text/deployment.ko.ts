import { image, states } from '../../function-ready/states.ko.ts';
import { hints, say } from '../../wording/wording.ts';
import type { deployment as english } from './deployment.en.ts';

export const deployment: typeof english = {
  ready: {
    ...states,
    hints: hints(
      '함수는 배포가 끝나야 생겨요. 배포가 끝까지 실행됐나요?',
      '스타터는 고치지 않아도 배포돼요. 프로젝트 폴더에서 `npm run deploy 1`을 실행하고 출력된 세 줄을 읽어 보세요.',
      '`npm run deploy 1`을 실행하세요. 직접 배포한다면 이름은 `lab01-greeter`, 런타임은 `nodejs24.x`예요.',
    ),
    missing: (name) =>
      say(
        `이 리전에 \`${name}\` 함수가 없어요. 아직 호출할 대상이 없는 상태예요.`,
        '`npm run deploy 1`을 실행한 뒤 다시 채점하세요.',
      ),
    image,
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

  pure: {
    title: 'AWS 없이도 동작하는 인사말 모듈',
    hints: hints(
      '웹 서버나 명령줄 프로그램이 여러분의 인사말을 그대로 쓸 수 있을까요?',
      '`greeting.ts`는 인수 두 개를 받아 문자열을 반환해요. 필요한 것은 모두 인수로 들어와요.',
      '`process.env`, 이벤트, 컨텍스트는 `handler.ts`로 옮기고, `greet(word, name)`은 `${word}, ${name}!`을 반환하게 하세요.',
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
    different: (call) =>
      say(
        `Lambda 없이 \`${call}\`을 호출했더니 인사말이 나오지 않았어요.`,
        '`greet`이 인수 두 개만으로 `${word}, ${name}!`을 만들게 하세요.',
      ),
  },
};
