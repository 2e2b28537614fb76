import { join } from 'node:path';
import { summaryOf } from '../../grader/measurement/measurement.ts';
import { saveMeasurement } from '../../grader/measurement/store.ts';
import { takeMeasurement } from '../../grader/measurement/take.ts';
import { findRunning } from '../background/running.ts';
import { findWorkspace } from '../labs/find-lab.ts';
import { drawMeasurement, type DiagramText } from '../measure/diagram.ts';
import { UserFailure } from '../session/failure.ts';
import type { Session } from '../session/session.ts';
import { tellCost } from '../target/cost.ts';
import { openTarget, type TargetFlags } from '../target/open-target.ts';
import { withProgress } from '../terminal/progress.ts';
import { relativeToHere } from '../workspace/relative.ts';

interface Text extends DiagramText {
  readonly measuring: string;
  readonly call: (done: number, of: number) => string;
  readonly nothing: (number: number) => string;
  readonly nothingNext: string;
  readonly interrupted: string;
  readonly kept: (file: string) => string;
  readonly page: (address: string) => string;
}

const en: Text = {
  measuring: 'Making a copy of your function, to be called cold and warm',
  call: (done, of) => `Calling the copy of your function: ${done} of ${of}`,
  nothing: (number) => `There is nothing to measure in lab ${number}.`,
  nothingNext: 'npm run measure 4',
  interrupted: 'The measurement was stopped; the copy of your function is removed.',
  kept: (file) => `Copy one cold and one warm line into ${file}.`,
  page: (address) => `The same on the page: ${address}`,
  title: (lab) => `Lab ${lab} · cold against warm`,
  cold: 'cold',
  warm: 'warm',
  init: 'init',
  handler: 'handler',
  billed: 'billed',
  request: 'request id',
  calls: (cold, warm) => `${cold} cold and ${warm} warm calls, ms as the REPORT lines say them.`,
  median: (cold, init, handler, warm) =>
    `Median: cold ${cold} ms (init ${init} + handler ${handler}), warm ${warm} ms.`,
  times: (times) => `A cold call takes ${times} times as long as a warm one.`,
  slower: 'A warm call takes longer than an init: the handler does work that could be done before.',
};

const ko: Text = {
  measuring: '콜드와 웜으로 호출할 함수 복사본을 만드는 중',
  call: (done, of) => `함수 복사본 호출 중: ${of}번 중 ${done}번`,
  nothing: (number) => `실습 ${number}에는 측정할 것이 없어요.`,
  nothingNext: 'npm run measure 4',
  interrupted: '측정을 멈췄어요. 함수 복사본은 지웠어요.',
  kept: (file) => `콜드 한 줄과 웜 한 줄을 ${file}에 옮겨 적으세요.`,
  page: (address) => `페이지에서도 볼 수 있어요: ${address}`,
  title: (lab) => `실습 ${lab} · 콜드와 웜 비교`,
  cold: '콜드',
  warm: '웜',
  init: '초기화',
  handler: '핸들러',
  billed: '청구',
  request: '요청 ID',
  calls: (cold, warm) => `콜드 호출 ${cold}번, 웜 호출 ${warm}번. REPORT 줄에 적힌 ms예요.`,
  median: (cold, init, handler, warm) =>
    `중앙값: 콜드 ${cold}ms(초기화 ${init} + 핸들러 ${handler}), 웜 ${warm}ms`,
  times: (times) => `콜드 호출은 웜 호출보다 ${times}배 오래 걸려요.`,
  slower: '웜 호출이 초기화보다 오래 걸려요. 미리 할 수 있는 일을 핸들러가 하고 있어요.',
};

const texts = { en, ko };

interface Flags extends TargetFlags {
  readonly json?: boolean;
}

/** Measures a lab's function, cold against warm, and draws what Lambda reports. */
export async function run(session: Session, args: readonly string[], flags: Flags): Promise<number> {
  const text = texts[session.language];
  const { lab, workspace } = findWorkspace(session, args[0] ?? '');
  if (lab.in(session.language).measure === undefined)
    throw new UserFailure(text.nothing(lab.number), { next: text.nothingNext });
  tellCost(session, flags, lab);
  const { target, caller } = await openTarget(session, flags, { mutates: true });
  const stopping = new AbortController();
  // Ctrl+C ends the run in order: the copy is removed first.
  const interrupt = () => {
    stopping.abort();
    process.once('SIGINT', () => process.exit(130));
  };
  process.once('SIGINT', interrupt);
  try {
    const taken = await withProgress(text.measuring, (say) =>
      takeMeasurement({
        lab,
        target,
        language: session.language,
        account: caller.account,
        prefix: session.env.LAB_PREFIX ?? '',
        signal: stopping.signal,
        onProgress: (done, of) => {
          say(text.call(done, of));
        },
      }),
    );
    if (taken.outcome === 'nothing') throw new UserFailure(text.nothing(lab.number));
    if (taken.outcome === 'not yet')
      throw new UserFailure(taken.finding.why, { next: taken.finding.next, status: 1 });
    const { measurement } = taken;
    saveMeasurement(workspace, measurement);
    if (flags.json === true) {
      session.out(JSON.stringify({ ...measurement, summary: summaryOf(measurement.calls) }, null, 2));
      return 0;
    }
    const width = Math.min(process.stdout.columns || 80, 100);
    process.stdout.write(drawMeasurement(measurement, { text, width, colors: session.colors }));
    const { dim } = session.colors;
    session.out(`  ${text.kept(relativeToHere(join(workspace, 'answers.yaml')))}`);
    const page = (await findRunning(session.home))?.page;
    if (page !== undefined)
      session.out(`  ${dim(text.page(`${page}/${session.language}/labs/${String(lab.number)}`))}`);
    return 0;
  } catch (error) {
    if (stopping.signal.aborted) throw new UserFailure(text.interrupted, { cause: error });
    throw error;
  } finally {
    process.off('SIGINT', interrupt);
    target.close();
  }
}
