const en = {
  starting: 'Starting the embedded cloud',
  restarting: 'Coldstart has changed since the cloud was started: starting it again with its state.',
  silent: 'The embedded cloud ended before it was ready.',
  notStarted: (reason: string) => `The system did not start a process for the embedded cloud: ${reason}`,
  freeSome: 'End programs that you do not need, then try again, or run `npm run doctor`.',
  portTaken:
    'End that program, or give Coldstart other ports: set COLDSTART_CLOUD_PORT=4567 and COLDSTART_PAGE_PORT=4601.',
  seeLog: (file: string) => `Read the last lines of ${file}, or run \`npm run doctor\`.`,
  willNotEnd: (pid: number) => `The embedded cloud (process ${pid}) was asked to end and still runs.`,
  alreadyRuns: (pid: number, cloud: string, page: string | undefined) =>
    `Coldstart already runs in the background (process ${pid}): cloud ${cloud}${page === undefined ? '' : `, page ${page}`}.`,
  stopFirst: 'Use it as it is, or end it with `npm run stop` first.',
  cloudAt: 'Cloud',
  pageAt: 'Page ',
  endIt: 'Ctrl+C ends it. State is kept.',
};

const ko: typeof en = {
  starting: '내장 클라우드를 시작하는 중',
  restarting: '클라우드를 시작한 뒤에 Coldstart가 바뀌었어요. 상태를 그대로 두고 다시 시작할게요.',
  silent: '내장 클라우드가 준비되기 전에 종료됐어요.',
  notStarted: (reason) => `시스템이 내장 클라우드 프로세스를 시작하지 못했어요: ${reason}`,
  freeSome: '필요 없는 프로그램을 종료하고 다시 시도하거나 `npm run doctor`를 실행하세요.',
  portTaken:
    '그 프로그램을 종료하거나 다른 포트를 지정하세요: COLDSTART_CLOUD_PORT=4567, COLDSTART_PAGE_PORT=4601',
  seeLog: (file) => `${file}의 마지막 줄을 확인하거나 \`npm run doctor\`를 실행하세요.`,
  willNotEnd: (pid) => `내장 클라우드(프로세스 ${pid})에 종료를 요청했지만 아직 실행 중이에요.`,
  alreadyRuns: (pid, cloud, page) =>
    `Coldstart가 이미 백그라운드에서 실행 중이에요(프로세스 ${pid}): 클라우드 ${cloud}${page === undefined ? '' : `, 페이지 ${page}`}`,
  stopFirst: '그대로 사용하거나, 먼저 `npm run stop`으로 종료하세요.',
  cloudAt: '클라우드',
  pageAt: '페이지  ',
  endIt: 'Ctrl+C로 종료해요. 상태는 남아 있어요.',
};

export const texts = { en, ko };
