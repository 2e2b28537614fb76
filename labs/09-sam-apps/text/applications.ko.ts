import { hints, say } from '../../wording/wording.ts';
import type { applications as english } from './applications.en.ts';

export const applications: typeof english = {
  stack: {
    missing: (name, application) =>
      say(
        `이 리전에 \`${name}\` 스택이 없어요.`,
        `\`npm run deploy 9 ${application}\`을 실행하세요. 스택 이름은 그 애플리케이션의 samconfig.toml에 있어요.`,
      ),
    incomplete: (name, application) =>
      say(
        `\`${name}\` 스택이 완성되지 않았어요. 가장 먼저 실패한 것이 아래에 있어요. 나머지는 그 때문에 실패했어요.`,
        `그것을 고친 뒤 \`npm run deploy 9 ${application}\`을 다시 실행하세요.`,
      ),
    noTransform: (name) =>
      say(
        `\`${name}\`의 템플릿에 SAM 변환 이름이 없어요. 그러면 CloudFormation이 적힌 그대로 읽어요.`,
        '스타터처럼 템플릿 맨 위에 `Transform` 줄을 쓰세요.',
      ),
    noResource: (name, type) =>
      say(
        `\`${name}\` 스택에 \`${type}\` 리소스가 없어요.`,
        '그 리소스나, 그것을 만드는 SAM 리소스 또는 이벤트를 템플릿에 추가하고 다시 배포하세요.',
      ),
    noAddress: (name, output) =>
      say(
        `\`${name}\`의 출력 중에 API 주소가 없어요. 배포한 사람이 어디에 요청해야 하는지 알 수 없어요.`,
        `스타터처럼 \`!Sub\`와 API의 논리 ID로 \`${output}\` 출력을 쓰세요.`,
      ),
  },

  hello: {
    stackTitle: '완성된 hello-api 스택',
    stackHints: hints(
      '여기서는 코드를 쓰지 않아요.',
      '작업 폴더를 열고 hello-api를 있는 그대로 배포하세요.',
      '`npm run deploy 9 hello-api`를 실행하세요.',
    ),
    title: '출력에 있는 주소의 응답',
    hints: hints(
      '스택의 출력은 스택이 알려 주고 싶은 것이에요. 그중 주소는 무엇인가요?',
      '응답에는 쿼리의 이름이 들어 있고, 파라미터 `Greeting`의 값으로 시작해요.',
      '핸들러를 원래대로 두세요: `process.env.GREETING`과 `event.queryStringParameters`예요.',
    ),
    constant: say(
      '`GET /hello`가 200으로 응답하지만 쿼리의 이름이 응답에 없어요.',
      '핸들러가 `event.queryStringParameters`를 읽게 하고 다시 배포하세요.',
    ),
    parameter: say(
      '`GET /hello`의 인사말이 스택의 파라미터 `Greeting`과 달라요. 다른 값으로 배포해도 아무것도 바뀌지 않아요.',
      '템플릿이 파라미터를 `GREETING`으로 함수에 넘기고, 핸들러가 그것을 쓰게 하세요.',
    ),
  },

  todos: {
    stackTitle: '완성된 todo-crud 스택',
    stackHints: hints(
      'todo-crud 템플릿은 있는 그대로 배포돼요.',
      '스택에는 상태와 이벤트가 있어요. `npm run deploy`가 둘 다 보여 줘요.',
      '`npm run deploy 9 todo-crud`를 실행하세요.',
    ),
    title: '할 일의 저장, 변경, 삭제',
    hints: hints(
      '할 일을 직접 추가하고 응답을 보세요. 502는 누가 만들었나요?',
      '스택의 로그 그룹에 이유가 있어요. 어떤 작업이 거절됐나요? 그리고 아무도 만들지 않은 ID에 PATCH를 보내 보세요.',
      "빈틈 1: `DynamoDBReadPolicy` 대신 `DynamoDBCrudPolicy`를 쓰세요. 빈틈 2: 업데이트에 `ConditionExpression: 'attribute_exists(id)'`를 넣으세요.",
    ),
    notAllowed: (route, action) =>
      say(
        `\`${route}\`의 응답이 502이고, 이유는 로그에 있어요. 함수의 역할에 \`${action}\` 권한이 없어요.`,
        '이 테이블에 그 작업을 허용하는 정책 템플릿을 골라 다시 배포하세요.',
      ),
    mayNotWrite: say(
      '스택의 어느 역할도 함수가 테이블에 쓰는 것을 허용하지 않아요. AWS에서는 `POST /todos`의 응답이 502가 돼요.',
      '이 테이블에 `dynamodb:PutItem`을 허용하는 정책 템플릿을 골라 다시 배포하세요.',
    ),
    noId: say(
      '`POST /todos`의 응답은 201이지만 본문에 `id`가 없어요. 그 할 일을 다시 요청할 수 없어요.',
      '할 일 전체를 응답하세요.',
    ),
    changed: (route) =>
      say(
        `\`${route}\`의 응답이 저장한 할 일과 달라요.`,
        '함수가 테이블에 쓰는 것과 테이블에서 읽는 것을 비교하세요.',
      ),
    notListed: say(
      '방금 추가하고 바꾼 할 일이 `GET /todos`에 없어요.',
      '테이블에서 목록을 읽는 부분을 확인하세요.',
    ),
    stillThere: say(
      '지운 할 일이 아직 남아 있어요.',
      '`DELETE /todos/{id}`가 테이블에 무엇을 하는지 확인하세요.',
    ),
    ghost: (id) =>
      say(
        `아무도 만들지 않은 \`${id}\`에 PATCH를 보냈는데 404가 아니에요. DynamoDB의 UpdateItem은 항목이 없으면 새로 만들어요. 그래서 늦게 온 변경이 지운 것을 되살려요.`,
        '업데이트에 조건(`attribute_exists(id)`)을 붙이세요. 거절됐을 때의 코드는 이미 있어요.',
      ),
  },

  inbox: {
    title: '버킷에 넣은 사진의 목록 항목',
    hints: hints(
      'image-inbox는 있는 그대로 배포돼요.',
      '사진을 `pictures/` 아래에 넣으면 잠시 뒤 테이블에 크기가 생겨요.',
      '`npm run deploy 9 image-inbox`를 실행하고 버킷, 필터, 정책은 그대로 두세요.',
    ),
    silent: (key) =>
      say(
        `사진을 버킷에 \`${key}\`로 넣었는데 테이블에 항목이 없어요.`,
        '스택의 로그 그룹을 읽어 보세요. 줄이 하나도 없으면 S3가 호출하지 않은 거예요. 함수의 이벤트를 확인하세요.',
      ),
    notAllowed: say(
      '사진을 버킷에 넣었는데 함수가 필요한 작업을 거절당했어요. 로그의 줄이 아래에 있어요.',
      '그 작업을 허용하는 정책 템플릿을 함수에 주고 다시 배포하세요.',
    ),
    mayNotRead: say(
      '스택의 어느 역할도 함수가 버킷의 사진을 읽는 것을 허용하지 않아요. AWS에서는 함수가 필요한 작업을 거절당해요.',
      '함수에 `s3:GetObject`를 허용하는 정책 템플릿을 주고 다시 배포하세요.',
    ),
    wrong: (key) =>
      say(`\`${key}\`의 항목에 적힌 크기가 사진의 크기와 달라요.`, '`src/picture.ts`를 스타터처럼 두세요.'),
  },

  deadLetters: {
    title: '사진이 아닌 파일의 이벤트가 남는 대기열',
    hints: hints(
      'S3는 비동기로 호출해요. 마지막 시도까지 실패하면 누가 알게 되나요?',
      '함수에 그것을 위한 속성이 있어요. SAM에서는 대기열로 보낼 권한까지 붙여 줘요.',
      '템플릿에 대기열을 추가하고, 함수에 `DeadLetterQueue: { Type: SQS, TargetArn: !GetAtt NoPictures.Arn }`과 `EventInvokeConfig: { MaximumRetryAttempts: 0 }`을 쓰세요.',
    ),
    wanted: 'DeadLetterConfig 또는 OnFailure: SQS 대기열',
    none: say(
      '함수에 배달 못한 편지 대기열도, 실패 대상(destination)도 없어요. 처리하지 못한 이벤트는 마지막 시도 뒤에 사라져요.',
      '템플릿에 대기열을 추가하고 함수에 그 대기열을 지정하세요.',
    ),
    notOwn: say(
      '실패한 이벤트가 이 스택에 없는 대기열로 가요. 템플릿을 다른 곳에 배포하면 그 대기열이 없어요.',
      '템플릿에 대기열을 선언하고 `!GetAtt`로 가리키세요.',
    ),
    lost: (queue) =>
      say(
        `사진이 아닌 파일을 버킷에 넣었는데 그 이벤트가 \`${queue}\`에 오지 않았어요.`,
        '그런 파일에는 핸들러가 오류를 던져야 해요. 잡아서 삼킨 오류는 실패가 아니에요. 역할이 대기열로 보낼 수 있는지도 확인하세요.',
      ),
  },

  desk: {
    title: '템플릿 하나에 모인 order-desk의 부품',
    hints: hints(
      '템플릿의 주석을 읽어 보세요. 빈틈마다 부품이 하나예요.',
      '다른 템플릿에 작업자가 있는 대기열, 일정, 출력이 있어요. 모든 함수가 함께 쓰는 것은 `Globals`에 두세요.',
      '`Globals.Function`에 런타임, 메모리, 제한 시간, 로그 그룹, 환경 변수. SQS 이벤트가 있는 `PackFunction`. `!Ref SweepEvery`를 쓰는 `ScheduleV2` 이벤트가 있는 `SweepFunction`. 테이블과 대기열의 출력이 있어야 해요.',
    ),
    fewFunctions: (count) =>
      say(
        `함수 세 개 중 ${count}개만 스택에 있어요. API, 대기열, 일정에 하나씩 필요해요.`,
        '빠진 함수를 템플릿에 추가하세요. 코드는 src/에 있어요.',
      ),
    noGlobals: say(
      '템플릿에 함수가 여러 개인데 `Globals`가 없어요. 공통된 것을 함수마다 되풀이하다 보면 하나를 빠뜨려요.',
      '같은 것을 `Globals.Function`으로 옮기세요.',
    ),
    repeated: (names) =>
      say(
        `템플릿의 여러 함수에 같은 내용이 있어요: ${names}. 하나를 바꿀 때 다른 하나를 잊게 돼요.`,
        '`Globals.Function`에 한 번만 쓰고 함수에서는 빼세요.',
      ),
    fixedSchedule: say(
      '점검 주기가 템플릿에 박혀 있어요. 파라미터로 두면 스택마다 다르게 할 수 있어요.',
      '파라미터 `SweepEvery`를 선언하고 일정이 그것을 가리키게 하세요.',
    ),
    noOutput: (type) =>
      say(
        `스택의 \`${type}\`을(를) 알려 주는 출력이 없어요. 이름은 CloudFormation이 지으니 아무도 찾을 수 없어요.`,
        '`!Ref`와 논리 ID로 출력을 쓰세요.',
      ),
  },

  orders: {
    title: '주문의 접수, 대기열, 포장',
    hints: hints(
      '주문을 보내고 1초 뒤에 다시 조회해 보세요.',
      '세 가지가 만나야 해요. 접수 함수가 대기열로 보내고, 대기열이 작업자를 호출하고, 둘이 같은 테이블을 알아야 해요.',
      '환경 변수에 `QUEUE_URL: !Ref ToPack`, 접수 함수에 `SQSSendMessagePolicy`, 작업자에 `SQS` 이벤트와 `DynamoDBWritePolicy`가 있어야 해요.',
    ),
    noId: say(
      '`POST /orders`의 응답은 202이지만 본문이 `id`가 있는 주문이 아니에요.',
      '핸들러 src/desk.ts를 스타터처럼 두세요.',
    ),
    notAllowed: say(
      '`POST /orders`의 응답이 500이고, 이유는 로그에 있어요. 접수 함수의 역할에 권한이 없어요. 로그의 줄이 아래에 있어요.',
      '그 리소스에 그 작업을 허용하는 정책 템플릿을 DeskFunction에 주세요.',
    ),
    workerNotAllowed: say(
      '주문이 `placed`에 머물러 있어요. 작업자가 호출됐지만 필요한 작업을 거절당했어요. 로그의 줄이 아래에 있어요.',
      '그 리소스에 그 작업을 허용하는 정책 템플릿을 PackFunction에 주세요.',
    ),
    notPacked: (id) =>
      say(
        `주문 \`${id}\`이(가) 접수됐지만 \`placed\`에 머물러 있어요. 아무도 포장하지 않아요.`,
        '접수 함수가 보내는 대기열이 PackFunction을 호출하게 하고(SQS 유형의 이벤트), 두 함수가 같은 테이블을 쓰는지 확인하세요.',
      ),
  },

  sweep: {
    title: '남겨진 주문을 찾는 일정',
    hints: hints(
      '접수 함수가 테이블과 대기열 사이에서 멈추면 주문은 저장됐지만 대기열에는 없어요.',
      '일정은 테이블을 읽고 대기열로 보내는 함수를 호출해요. 그 함수를 직접 호출하고 응답을 읽어 보세요.',
      '`SweepFunction`에 `Handler: sweep.handler`, `DynamoDBReadPolicy`, `SQSSendMessagePolicy`, 그리고 다른 함수와 같은 환경 변수가 있어야 해요.',
    ),
    disabled: say(
      '스택의 일정이 꺼져 있어요. 점검이 한 번도 실행되지 않아요.',
      '이벤트에서 `State: DISABLED`나 `Enabled: false`를 빼세요.',
    ),
    failed: say(
      '일정이 호출하는 함수가 실패해요. 함수의 응답이 아래에 있어요.',
      '빠진 권한이나 환경 변수를 찾으세요.',
    ),
    left: say(
      '어제 접수됐고 대기열에 없는 주문이, 일정의 함수를 호출한 뒤에도 포장되지 않았어요.',
      '일정이 SweepFunction을 호출하게 하고, 다른 함수와 같은 테이블과 대기열을 주세요.',
    ),
  },
};
