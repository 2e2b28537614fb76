import { createHash } from 'node:crypto';
import type { Cloud } from '../../cloud.ts';
import { accessLogLine } from './format.ts';

/** Where a stage wants a line of each request, and what is in it. */
export interface AccessLog {
  readonly destinationArn: string | undefined;
  readonly format: string | undefined;
}

/** What a line is made of. */
interface Context {
  readonly apiId: string;
  readonly stage: string;
  /** ms since 1970 */
  readonly requestTimeEpoch: number;
}

/** Writes the line of a request that has been answered. */
export async function writeAccessLog(
  cloud: Cloud,
  { destinationArn = '', format = '' }: AccessLog,
  context: Context,
): Promise<void> {
  const [, region, account, group] =
    /^arn:[^:]+:logs:([^:]+):(\d{12}):log-group:([^:]+)/.exec(destinationArn) ?? [];
  // A Firehose stream leads nowhere here.
  if (region === undefined || account === undefined || group === undefined || format === '') return;
  const event = { timestamp: context.requestTimeEpoch, message: accessLogLine(format, context) };
  const logs = await cloud.port('logs');
  logs.write({ account, region }, group, streamOf(context), [event]);
}

const streams = new Map<string, string>();

/** The stream of a stage's logs. On AWS its name is a hash that says nothing; here each stage has one. */
export function streamOf({ apiId, stage }: Pick<Context, 'apiId' | 'stage'>): string {
  const name = `${apiId}/${stage}`;
  let stream = streams.get(name);
  if (stream === undefined) {
    if (streams.size > 1000) streams.clear();
    stream = createHash('md5').update(name).digest('hex');
    streams.set(name, stream);
  }
  return stream;
}
