import { FilterLogEventsCommand, type CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { GetFunctionConfigurationCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { findLab } from '../labs/find-lab.ts';
import { functionsOf } from '../labs/lab-functions.ts';
import { UserFailure } from '../session/failure.ts';
import type { Session } from '../session/session.ts';
import { openTarget, type TargetFlags } from '../target/open-target.ts';

const texts = {
  en: {
    minutes: (said: string) => `--since takes minutes, as in --since 30; "${said}" is not a number.`,
    nothing: (minutes: number) => `No log lines in the last ${minutes} minutes.`,
    call: (number: number) =>
      `Call the function: npm run invoke ${number}. If you have: its role may not be allowed to write logs.`,
    noFunctions: (number: number) => `Lab ${number} has no functions on this target yet.`,
    deploy: (number: number) => `npm run deploy ${number}`,
  },
  ko: {
    minutes: (said: string) => `--since에는 --since 30처럼 분을 쓰세요. "${said}"은(는) 숫자가 아니에요.`,
    nothing: (minutes: number) => `최근 ${minutes}분 동안의 로그가 없어요.`,
    call: (number: number) =>
      `함수를 호출해 보세요: npm run invoke ${number}. 이미 호출했다면 실행 역할에 로그 쓰기 권한이 없을 수 있어요.`,
    noFunctions: (number: number) => `이 대상에는 실습 ${number}의 함수가 아직 없어요.`,
    deploy: (number: number) => `npm run deploy ${number}`,
  },
} as const;

interface Flags extends TargetFlags {
  readonly follow?: boolean;
  readonly since: string;
  readonly filter?: string;
}

/** How often a followed group is asked: the same as `aws logs tail --follow`, within the API's rate. ms */
const pace = 1000;

export async function run(session: Session, args: readonly string[], flags: Flags): Promise<number> {
  const lab = findLab(session, args[0] ?? '');
  const text = texts[session.language];
  const minutes = Number(flags.since);
  if (!Number.isFinite(minutes) || minutes <= 0) throw new UserFailure(text.minutes(flags.since));
  const { target } = await openTarget(session, flags, { mutates: false });
  try {
    const logs = await target.pool.load('logs');
    const lambda = await target.pool.load('lambda');
    const groups = await groupsOf(
      lambda,
      (await functionsOf(session, lab, target)).map(({ name }) => name),
    );
    if (groups.length === 0) {
      throw new UserFailure(text.noFunctions(lab.number), { next: text.deploy(lab.number), status: 1 });
    }
    const reader = readerOf(logs, groups, Date.now() - minutes * 60_000, flags.filter);
    let shown = await print(session, reader);
    if (shown === 0) {
      session.err(text.nothing(minutes));
      session.err(session.colors.dim(text.call(lab.number)));
    }
    while (flags.follow === true) {
      await new Promise((resolve) => setTimeout(resolve, pace));
      shown += await print(session, reader);
    }
    return 0;
  } finally {
    target.close();
  }
}

/** The groups that the functions which exist write to (`LoggingConfig` may name another than the default). */
async function groupsOf(lambda: LambdaClient, names: readonly string[]): Promise<string[]> {
  const groups = new Set<string>();
  for (const name of names) {
    try {
      const { LoggingConfig } = await lambda.send(
        new GetFunctionConfigurationCommand({ FunctionName: name }),
      );
      groups.add(LoggingConfig?.LogGroup ?? `/aws/lambda/${name}`);
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'ResourceNotFoundException') throw error;
    }
  }
  return [...groups];
}

interface Line {
  readonly id: string;
  readonly time: number;
  readonly message: string;
}

/** Answers, at each call, the lines that were not answered before. */
function readerOf(
  logs: CloudWatchLogsClient,
  groups: readonly string[],
  since: number,
  filter: string | undefined,
) {
  const seen = new Set<string>();
  return async (): Promise<Line[]> => {
    const lines: Line[] = [];
    for (const logGroupName of groups) {
      let nextToken: string | undefined;
      do {
        const page = await logs
          .send(
            new FilterLogEventsCommand({ logGroupName, startTime: since, nextToken, filterPattern: filter }),
          )
          .catch((error: unknown) => {
            // Lambda makes the group at the first invocation.
            if (error instanceof Error && error.name === 'ResourceNotFoundException') return undefined;
            throw error;
          });
        for (const { eventId, timestamp, message } of page?.events ?? []) {
          const id = `${logGroupName}/${eventId ?? ''}`;
          if (seen.has(id)) continue;
          seen.add(id);
          lines.push({ id, time: timestamp ?? 0, message: message ?? '' });
        }
        nextToken = page?.nextToken;
      } while (nextToken !== undefined);
    }
    return lines.sort((a, b) => a.time - b.time);
  };
}

async function print(session: Session, read: () => Promise<Line[]>): Promise<number> {
  const { dim, red, yellow, cyan } = session.colors;
  const lines = await read();
  for (const { time, message } of lines) {
    const text = message.trimEnd();
    const colour = /^(?:INIT_|START |END |REPORT )/.test(text)
      ? cyan
      : /\tERROR\t|"level":"ERROR"/.test(text)
        ? red
        : /\tWARN\t|"level":"WARN"/.test(text)
          ? yellow
          : (plain: string) => plain;
    session.out(`${dim(new Date(time).toISOString().slice(11, 23))} ${colour(text)}`);
  }
  return lines.length;
}
