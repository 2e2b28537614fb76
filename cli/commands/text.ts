const en = {
  lab: { summary: 'List the labs, or open one.', example: 'npm run lab\nnpm run lab 3' },
  deploy: { summary: 'Run your own deployment of a lab.', example: 'npm run deploy 1' },
  invoke: {
    summary: "Call a lab's function with an event.",
    example: `npm run invoke 1 '{"name":"Ada"}'\nnpm run invoke 1 @event.json`,
  },
  logs: {
    summary: "Show the logs of a lab's functions.",
    example: 'npm run logs 1\nnpm run logs 1 -- --follow',
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
  start: { summary: 'Run the embedded cloud and the workbook page in this window.', example: 'npm start' },
  cloud: { summary: 'Run the embedded cloud alone in this window.', example: 'npm run cloud' },
  stop: { summary: 'End the cloud and the page that run in the background.', example: 'npm run stop' },
  doctor: { summary: 'Say what is missing and how to mend it.', example: 'npm run doctor' },
  runtimes: {
    summary: 'Fetch the Node.js versions that functions ask for.',
    example: 'npm run runtimes\nnpm run runtimes 24',
  },
};

const ko: typeof en = {
  lab: { summary: '실습 목록을 보거나 실습을 시작해요.', example: 'npm run lab\nnpm run lab 3' },
  deploy: { summary: '직접 작성한 배포 스크립트를 실행해요.', example: 'npm run deploy 1' },
  invoke: {
    summary: '실습 함수를 이벤트와 함께 호출해요.',
    example: `npm run invoke 1 '{"name":"Ada"}'\nnpm run invoke 1 @event.json`,
  },
  logs: { summary: '실습 함수의 로그를 보여 줘요.', example: 'npm run logs 1\nnpm run logs 1 -- --follow' },
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
  start: { summary: '이 창에서 내장 클라우드와 워크북 페이지를 실행해요.', example: 'npm start' },
  cloud: { summary: '이 창에서 내장 클라우드만 실행해요.', example: 'npm run cloud' },
  stop: { summary: '백그라운드에서 실행 중인 클라우드와 페이지를 종료해요.', example: 'npm run stop' },
  doctor: { summary: '빠진 것과 고치는 방법을 알려 줘요.', example: 'npm run doctor' },
  runtimes: {
    summary: '함수에 필요한 Node.js 버전을 내려받아요.',
    example: 'npm run runtimes\nnpm run runtimes 24',
  },
};

export const commandTexts = { en, ko };
