import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { InvokeCommand, type InvokeCommandOutput } from '@aws-sdk/client-lambda';
import type { AnyLab } from '../../grader/api.ts';
import { padEnd, widthOf } from '../../grader/reporters/width.ts';
import { reportLine } from '../invoke/report-line.ts';
import { findLab } from '../labs/find-lab.ts';
import { functionsOf, type LabFunction } from '../labs/lab-functions.ts';
import { resourceName } from '../labs/resource-name.ts';
import { UserFailure } from '../session/failure.ts';
import type { Session } from '../session/session.ts';
import { openTarget, type TargetFlags } from '../target/open-target.ts';
import { withProgress } from '../terminal/progress.ts';

const texts = {
  en: {
    notJson: (said: string) => `The event is not JSON: ${said}`,
    notJsonNext: `Write npm run invoke 1 '{"name":"Ada"}' — on Windows npm run invoke 1 "{\\"name\\":\\"Ada\\"}" — or put it in a file: npm run invoke 1 @event.json`,
    noFile: (file: string) => `There is no file ${file}.`,
    noFileNext: 'After @ stands a path from the folder you are in.',
    noFunction: (number: number) => `Lab ${number} has no function to call on this target yet.`,
    several: (number: number) => `Lab ${number} has several functions: say which.`,
    severalNext: (number: number, name: string) => `npm run invoke ${number} -- --function ${name}`,
    notHere: (name: string) => `The function ${name} does not exist on this target.`,
    notHereNext: (number: number) => `npm run deploy ${number}`,
    refused: (name: string, reason: string) =>
      `Lambda refused the call of ${name}: 429 TooManyRequestsException, reason ${reason}.`,
    refusedNext:
      'No environment may work for it now: its reserved concurrency, or that of the account, is used up or 0.',
    calling: (name: string) => `Calling ${name}`,
    ok: 'ok',
    failed: (kind: string) => `the function failed (${kind})`,
    status: 'Status',
    result: 'Result',
    report: 'Report',
    request: 'Request',
  },
  ko: {
    notJson: (said: string) => `이벤트가 JSON이 아니에요: ${said}`,
    notJsonNext: `npm run invoke 1 '{"name":"Ada"}' 처럼 쓰세요. Windows에서는 npm run invoke 1 "{\\"name\\":\\"Ada\\"}" 로 쓰거나, 파일에 넣고 npm run invoke 1 @event.json 을 실행하세요.`,
    noFile: (file: string) => `${file} 파일이 없어요.`,
    noFileNext: '@ 뒤에는 현재 폴더를 기준으로 한 경로를 쓰세요.',
    noFunction: (number: number) => `이 대상에는 실습 ${number}에서 호출할 함수가 아직 없어요.`,
    several: (number: number) => `실습 ${number}에는 함수가 여러 개 있어요. 어느 것인지 적어 주세요.`,
    severalNext: (number: number, name: string) => `npm run invoke ${number} -- --function ${name}`,
    notHere: (name: string) => `이 대상에는 ${name} 함수가 없어요.`,
    notHereNext: (number: number) => `npm run deploy ${number}`,
    refused: (name: string, reason: string) =>
      `Lambda가 ${name} 호출을 거절했어요: 429 TooManyRequestsException, 이유 ${reason}`,
    refusedNext:
      '지금은 이 함수의 실행 환경이 일할 수 없어요. 함수의 예약된 동시성이나 계정의 동시성이 0이거나 다 쓰였어요.',
    calling: (name: string) => `${name} 호출 중`,
    ok: '성공',
    failed: (kind: string) => `함수 실행 실패(${kind})`,
    status: '상태',
    result: '결과',
    report: '보고',
    request: '요청',
  },
} as const;

interface Flags extends TargetFlags {
  readonly json?: boolean;
  readonly function?: string;
}

export async function run(session: Session, args: readonly string[], flags: Flags): Promise<number> {
  const [said = '', ...words] = args;
  const lab = findLab(session, said);
  const payload = eventOf(session, words);
  const text = texts[session.language];
  const { target } = await openTarget(session, flags, { mutates: true });
  try {
    const name = functionOf(session, lab, await functionsOf(session, lab, target), flags.function);
    const lambda = await target.pool.load('lambda');
    const answer = await withProgress(text.calling(name), () =>
      lambda.send(new InvokeCommand({ FunctionName: name, Payload: Buffer.from(payload), LogType: 'Tail' })),
    ).catch((error: unknown) => {
      if (error instanceof Error && error.name === 'ResourceNotFoundException')
        throw new UserFailure(text.notHere(name), { next: text.notHereNext(lab.number), status: 1 });
      if (error instanceof Error && error.name === 'TooManyRequestsException') {
        const { Reason: reason } = error as Error & { readonly Reason?: string };
        throw new UserFailure(text.refused(name, reason ?? error.message), {
          next: text.refusedNext,
          status: 1,
        });
      }
      throw error;
    });
    return show(session, answer, flags.json === true);
  } finally {
    target.close();
  }
}

/** The words after the lab number as one JSON text; `@file` reads it from a file, nothing at all is `{}`. */
function eventOf(session: Session, words: readonly string[]): string {
  const text = texts[session.language];
  let said = words.join(' ').trim();
  if (said === '') return '{}';
  if (said.startsWith('@')) {
    const file = resolve(session.env.INIT_CWD ?? process.cwd(), said.slice(1));
    try {
      said = readFileSync(file, 'utf8');
    } catch {
      throw new UserFailure(text.noFile(file), { next: text.noFileNext });
    }
  }
  try {
    JSON.parse(said);
  } catch {
    throw new UserFailure(text.notJson(said), { next: text.notJsonNext });
  }
  return said;
}

/** The function that a student names, or the lab's first; the functions of stacks have no order. */
function functionOf(
  session: Session,
  lab: AnyLab,
  functions: readonly LabFunction[],
  wished: string | undefined,
): string {
  if (wished !== undefined) {
    const found = functions.find(({ label, name }) => label === wished || name === wished);
    return found?.name ?? resourceName(session, wished);
  }
  const text = texts[session.language];
  const [first] = functions;
  if (first === undefined)
    throw new UserFailure(text.noFunction(lab.number), { next: text.notHereNext(lab.number), status: 1 });
  if (lab.resources.functions?.[0] === undefined && functions.length > 1)
    throw new UserFailure(text.several(lab.number), {
      where: functions.map(({ label }) => label).join(', '),
      next: text.severalNext(lab.number, first.label),
    });
  return first.name;
}

function show(session: Session, answer: InvokeCommandOutput, json: boolean): number {
  const text = texts[session.language];
  const raw = Buffer.from(answer.Payload ?? []).toString('utf8');
  const log = Buffer.from(answer.LogResult ?? '', 'base64').toString('utf8');
  const report = reportLine(log);
  const requestId = answer.$metadata.requestId ?? '';
  if (json) {
    session.out(
      JSON.stringify(
        {
          status: answer.StatusCode,
          functionError: answer.FunctionError,
          requestId,
          payload: parsed(raw),
          log,
        },
        null,
        2,
      ),
    );
    return answer.FunctionError === undefined ? 0 : 1;
  }
  const { bold, dim, green, red } = session.colors;
  const verdict =
    answer.FunctionError === undefined ? green(text.ok) : red(text.failed(answer.FunctionError));
  const width = Math.max(...[text.status, text.result, text.report, text.request].map(widthOf));
  const line = (label: string, value: string) => session.out(`${dim(padEnd(label, width))}  ${value}`);
  line(text.status, `${String(answer.StatusCode)} ${verdict}`);
  line(text.result, bold(pretty(raw)));
  if (report !== undefined) line(text.report, dim(report));
  line(text.request, dim(requestId));
  return answer.FunctionError === undefined ? 0 : 1;
}

function parsed(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    return raw;
  }
}

function pretty(raw: string): string {
  const value = parsed(raw);
  return typeof value === 'object' && value !== null ? JSON.stringify(value, null, 2) : raw;
}
