const en = {
  heading: 'Your last measurement',
  none: (number: number) =>
    `Nothing has been measured yet. Run \`npm run measure ${number}\` in your terminal, and reload this page.`,
  taken: 'measured',
  times: (times: string) => `A cold call takes ${times} times as long as a warm one.`,
  slower: 'A warm call takes longer than an init: the handler does work that could be done before.',
  median: (cold: string, init: string, handler: string, warm: string) =>
    `Median: cold ${cold} ms (init ${init} + handler ${handler}), warm ${warm} ms.`,
  cold: 'cold',
  warm: 'warm',
  call: 'Call',
  init: 'Init, ms',
  handler: 'Handler, ms',
  billed: 'Billed, ms',
  request: 'Request id',
  legend: { init: 'init', handler: 'handler' },
  figures: 'The REPORT lines of these calls',
};

const ko: typeof en = {
  heading: '마지막 측정 결과',
  none: (number) =>
    `아직 측정한 것이 없어요. 터미널에서 \`npm run measure ${number}\`을 실행한 뒤 이 페이지를 새로 고치세요.`,
  taken: '측정 시각',
  times: (times) => `콜드 호출은 웜 호출보다 ${times}배 오래 걸려요.`,
  slower: '웜 호출이 초기화보다 오래 걸려요. 미리 할 수 있는 일을 핸들러가 하고 있어요.',
  median: (cold, init, handler, warm) =>
    `중앙값: 콜드 ${cold}ms(초기화 ${init} + 핸들러 ${handler}), 웜 ${warm}ms`,
  cold: '콜드',
  warm: '웜',
  call: '호출',
  init: '초기화(ms)',
  handler: '핸들러(ms)',
  billed: '청구(ms)',
  request: '요청 ID',
  legend: { init: '초기화', handler: '핸들러' },
  figures: '이 호출들의 REPORT 줄',
};

export const measurementTexts = { en, ko };
