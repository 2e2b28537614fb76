import {
  CreateFunctionCommand,
  DeleteFunctionCommand,
  ResourceConflictException,
  ResourceNotFoundException,
  type CreateFunctionRequest,
} from '@aws-sdk/client-lambda';
import { DeleteLogStreamCommand } from '@aws-sdk/client-cloudwatch-logs';
import { names } from '../names.ts';
import { isNamed } from '../../aws-errors/named.ts';
import { shown } from '../../wording/wording.ts';
import type { Context } from './context.ts';
import { downloadZip } from '../../deployed-package/deployed-package.ts';
import { settled } from '../../function-ready/settled.ts';
import { configurationOf, groupOf } from './function.ts';
import { readGroup, recently } from './group.ts';
import type { Line } from './line.ts';
import { orderMaker, send, type Sent } from './orders.ts';
import { tidying } from '../../tidying/tidying.ts';

/** What a copy of the student's function logged, with every level switched on. */
export interface Observed {
  /** What all its order ids hold. */
  readonly run: string;
  readonly sent: readonly Sent[];
  readonly lines: readonly Line[];
}

/*
 * What a function logs below its level shows only when the level changes. The student's own function must stay as it
 * is, even if the grader is killed half-way, so a copy is asked: the same package, role and handler under the name
 * that this lab keeps for it, with JSON and the level DEBUG. It writes to the function's own group, because its role
 * may not be allowed to write to any other; its streams are deleted when they have been read.
 */
export async function observeCopy(context: Context): Promise<Observed> {
  const name = context.name(names.copy);
  const group = groupOf(context);
  const since = recently();
  const orders = orderMaker(context);
  const takes = () => context.integer(20, 60);
  const made = [
    orders.make('APPROVED', takes()),
    orders.make('DECLINED', takes()),
    orders.make('DECLINED_RETRY', takes()),
    // Orders whose ids hold the word, and that were not declined.
    orders.make('APPROVED', takes(), 'DECLINED-'),
    orders.make('FAILED', takes(), 'DECLINED-'),
    // The last one: when its line has arrived, those before it have, too.
    orders.make('DECLINED', takes()),
  ];
  let lines: Line[] = [];
  try {
    await create(context, await copied(context, name, group));
    const found = await settled(context, name);
    if (found?.State !== 'Active')
      throw new Error(`The copy ${name} did not become Active: ${shown(found?.StateReason)}.`);
    const sent: Sent[] = [];
    for (const each of made) sent.push(await send(context, name, each));
    const last = sent.at(-1);
    await context.until('logs', async () => {
      const all = await readGroup(context, { group, since });
      lines = all.filter(({ stream }) => isOfCopy(stream, name));
      const reported = lines.some(
        ({ by, raw }) =>
          by === 'platform' && raw.includes('report') && raw.includes(last?.invoked.requestId ?? ''),
      );
      return reported ? true : undefined;
    });
    return { run: orders.run, sent, lines };
  } finally {
    await remove(context, name, group, [...new Set(lines.map(({ stream }) => stream))]);
  }
}

/** In a group that is not its own, a function's name stands before the bracket of its stream. */
const isOfCopy = (stream: string, name: string): boolean => stream.includes(`/${name}[`);

async function copied(context: Context, name: string, group: string): Promise<CreateFunctionRequest> {
  const found = configurationOf(context);
  const zip = await downloadZip(context.clients.lambda, found.FunctionName ?? '');
  return {
    FunctionName: name,
    Role: found.Role,
    Runtime: found.Runtime,
    Handler: found.Handler,
    MemorySize: found.MemorySize,
    Timeout: found.Timeout,
    Architectures: found.Architectures,
    Environment: { Variables: found.Environment?.Variables ?? {} },
    Layers: found.Layers?.map(({ Arn = '' }) => Arn),
    Code: { ZipFile: zip },
    Description: 'Made by the Coldstart grader, and deleted by it',
    LoggingConfig: {
      LogGroup: group,
      LogFormat: 'JSON',
      ApplicationLogLevel: 'DEBUG',
      SystemLogLevel: 'INFO',
    },
  };
}

async function create(context: Context, request: CreateFunctionRequest): Promise<void> {
  const { lambda } = context.clients;
  try {
    await lambda.send(new CreateFunctionCommand(request));
  } catch (error) {
    if (!(error instanceof ResourceConflictException)) throw error;
    // One that a killed run left.
    await removeFunction(context, request.FunctionName ?? '');
    await lambda.send(new CreateFunctionCommand(request));
  }
}

async function removeFunction(context: Context, name: string): Promise<void> {
  try {
    await context.clients.lambda.send(new DeleteFunctionCommand({ FunctionName: name }), tidying());
  } catch (error) {
    if (!(error instanceof ResourceNotFoundException)) throw error;
  }
}

async function remove(
  context: Context,
  name: string,
  group: string,
  streams: readonly string[],
): Promise<void> {
  await removeFunction(context, name);
  for (const logStreamName of streams) {
    try {
      await context.clients.logs.send(
        new DeleteLogStreamCommand({ logGroupName: group, logStreamName }),
        tidying(),
      );
    } catch (error) {
      if (!isNamed(error, 'ResourceNotFoundException')) throw error;
    }
  }
}
