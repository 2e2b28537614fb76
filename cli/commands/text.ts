const en = {
  lab: { summary: 'List the labs, or open one.', example: 'npm run lab\nnpm run lab 3' },
  deploy: {
    summary: 'Run your own deployment of a lab.',
    example: 'npm run deploy 1\nnpm run deploy 9 todo-crud\nnpm run deploy 9 todo-crud -- --guided',
  },
  invoke: {
    summary: "Call a lab's function with an event.",
    example: `npm run invoke 1 '{"name":"Ada"}'\nnpm run invoke 1 @event.json`,
  },
  logs: {
    summary: "Show the logs of a lab's functions.",
    example: 'npm run logs 1\nnpm run logs 1 -- --follow',
  },
  measure: {
    summary: "Call a lab's function cold and warm, and draw what it took.",
    example: 'npm run measure 4',
  },
  unit: { summary: "Run a lab's own unit tests.", example: 'npm run unit 1' },
  grade: {
    summary: 'Grade a lab, or every lab that was started.',
    example: 'npm run grade 1\nnpm run grade 1 -- --watch',
  },
  hint: {
    summary: 'Get a hint. The first is a nudge, the third nearly the answer.',
    example: 'npm run hint 1',
  },
  solution: { summary: 'Compare your work with the solution.', example: 'npm run solution 1' },
  reset: { summary: 'Begin a lab again. Your work is kept beside it.', example: 'npm run reset 1' },
  clean: { summary: "Remove a lab's resources from the target.", example: 'npm run clean 1' },
  new: {
    summary: 'Begin an application of your own with one of templates/.',
    example: 'npm run new app hello-api\nnpm run new app my-shop -- --from order-desk',
  },
  start: { summary: 'Run the embedded cloud and the workbook page in this window.', example: 'npm start' },
  cloud: { summary: 'Run the embedded cloud alone in this window.', example: 'npm run cloud' },
  stop: { summary: 'End the cloud and the page that run in the background.', example: 'npm run stop' },
  env: {
    summary: 'Print what brings your shell, the AWS CLI and the SAM CLI to the target.',
    example: 'eval "$(npm run --silent env)"\nnpm run --silent env -- --shell fish | source',
  },
  doctor: { summary: 'Say what is missing and how to mend it.', example: 'npm run doctor' },
  runtimes: {
    summary: 'Fetch the Node.js versions that functions ask for.',
    example: 'npm run runtimes\nnpm run runtimes 24',
  },
  usage: {
    missing: 'The number of a lab is missing. Write it like this:',
    noCommand: 'There is no such command. These are the commands:',
    wrong: 'That cannot be read. Write it like this:',
  },
  options: {
    target: 'where the lab is: the embedded cloud, a LocalStack-compatible server, or a real account',
    yes: 'do not ask for a confirmation',
    guided: 'ask for the parameters of a template, and before the changes are made',
    json: 'answer in JSON',
    function: "another of the lab's functions",
    follow: 'keep reading',
    since: 'how many minutes back',
    filter: 'a CloudWatch Logs filter pattern',
    watch: 'deploy and grade again when a file is saved',
    seed: 'the same seed gives the same names and numbers',
    reporter: 'write the result as json=FILE, junit=FILE or markdown=FILE',
    shell: 'the shell that reads the lines; found out where it is not said',
    step: 'which of the three hints',
    reveal: 'show it before you have passed',
    from: 'the template to begin with',
    ephemeral: 'keep no state',
    lang: 'language of what is said',
    color: 'no colours',
  },
};

const ko: typeof en = {
  lab: { summary: '실습 목록을 보거나 실습을 시작해요.', example: 'npm run lab\nnpm run lab 3' },
  deploy: {
    summary: '직접 작성한 배포 스크립트를 실행해요.',
    example: 'npm run deploy 1\nnpm run deploy 9 todo-crud\nnpm run deploy 9 todo-crud -- --guided',
  },
  invoke: {
    summary: '실습 함수를 이벤트와 함께 호출해요.',
    example: `npm run invoke 1 '{"name":"Ada"}'\nnpm run invoke 1 @event.json`,
  },
  logs: { summary: '실습 함수의 로그를 보여 줘요.', example: 'npm run logs 1\nnpm run logs 1 -- --follow' },
  measure: {
    summary: '실습 함수를 콜드와 웜으로 호출하고 걸린 시간을 그려요.',
    example: 'npm run measure 4',
  },
  unit: { summary: '실습의 단위 테스트를 실행해요.', example: 'npm run unit 1' },
  grade: {
    summary: '실습 하나 또는 시작한 모든 실습을 채점해요.',
    example: 'npm run grade 1\nnpm run grade 1 -- --watch',
  },
  hint: {
    summary: '힌트를 봐요. 첫 번째는 가벼운 실마리, 세 번째는 거의 답이에요.',
    example: 'npm run hint 1',
  },
  solution: { summary: '내 코드와 풀이를 비교해요.', example: 'npm run solution 1' },
  reset: {
    summary: '실습을 처음부터 다시 시작해요. 작업한 내용은 따로 보관돼요.',
    example: 'npm run reset 1',
  },
  clean: { summary: '실습에서 만든 리소스를 대상에서 지워요.', example: 'npm run clean 1' },
  new: {
    summary: 'templates/에서 하나를 골라 내 애플리케이션을 시작해요.',
    example: 'npm run new app hello-api\nnpm run new app my-shop -- --from order-desk',
  },
  start: { summary: '이 창에서 내장 클라우드와 워크북 페이지를 실행해요.', example: 'npm start' },
  cloud: { summary: '이 창에서 내장 클라우드만 실행해요.', example: 'npm run cloud' },
  stop: { summary: '백그라운드에서 실행 중인 클라우드와 페이지를 종료해요.', example: 'npm run stop' },
  env: {
    summary: '셸과 AWS CLI, SAM CLI가 대상에 연결되도록 환경 변수를 출력해요.',
    example: 'eval "$(npm run --silent env)"\nnpm run --silent env -- --shell fish | source',
  },
  doctor: { summary: '빠진 것과 고치는 방법을 알려 줘요.', example: 'npm run doctor' },
  runtimes: {
    summary: '함수에 필요한 Node.js 버전을 내려받아요.',
    example: 'npm run runtimes\nnpm run runtimes 24',
  },
  usage: {
    missing: '실습 번호가 빠졌어요. 이렇게 쓰세요:',
    noCommand: '없는 명령이에요. 쓸 수 있는 명령:',
    wrong: '명령을 읽을 수 없어요. 이렇게 쓰세요:',
  },
  options: {
    target: '실습 대상: embedded(내장 클라우드), localstack(호환 서버), aws(실제 계정)',
    yes: '확인을 묻지 않음',
    guided: '템플릿의 파라미터를 묻고, 변경하기 전에 확인',
    json: 'JSON으로 출력',
    function: '실습의 다른 함수',
    follow: '계속 읽기',
    since: '몇 분 전부터',
    filter: 'CloudWatch Logs 필터 패턴',
    watch: '저장할 때마다 배포하고 채점',
    seed: '같은 시드는 같은 이름과 숫자를 만들어요',
    reporter: '결과를 json=파일, junit=파일, markdown=파일로 저장',
    shell: '출력을 읽을 셸(생략하면 자동으로 감지)',
    step: '힌트 단계(1~3)',
    reveal: '통과하기 전에 보기',
    from: '바탕이 될 템플릿',
    ephemeral: '상태를 남기지 않음',
    lang: '언어',
    color: '색 없이 출력',
  },
};

export const commandTexts = { en, ko };
