import { hints, say } from '../../wording/wording.ts';
import type { behaviour as english } from './behaviour.en.ts';

export const behaviour: typeof english = {
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
};
