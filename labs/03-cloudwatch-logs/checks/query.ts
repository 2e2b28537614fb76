import {
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DeleteLogGroupCommand,
  DescribeLogGroupsCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { files, names, slowFrom } from '../names.ts';
import { trafficOf } from './checkout.ts';
import { isNamed } from '../../aws-errors/named.ts';
import { members } from '../../wording/members.ts';
import { shown } from '../../wording/wording.ts';
import { studentFile, type Context, type LabCheck } from './context.ts';
import { groupOf } from './function.ts';
import { ask, QueryRefused, type Question, type Row } from './insights.ts';
import { valueOf, type Line } from './line.ts';
import { liveOf } from './levels.ts';
import { observedOf, requestLines } from './lines.ts';
import { tidying } from '../../tidying/tidying.ts';

/** A request that a query may find. */
interface Request {
  readonly requestId: string;
  readonly latencyMs: number;
}
const isSlow = ({ latencyMs }: Request): boolean => latencyMs >= slowFrom;

const query: LabCheck = {
  id: 'query',
  title: (text) => text.query.title,
  points: 10,
  needs: ['levels', 'line', 'checkout'],
  verifiedOn: ['embedded'],
  requires: ['logInsights'],
  hints: (text) => text.query.hints,
  async run(context) {
    const { text } = context;
    const asked = await studentFile(context, files.query);
    if (asked.replaceAll(/#.*$/gm, '').trim() === '') context.fail(text.query.empty);
    await overFixture(context, asked);
    await overLive(context, asked);
  },
};

/** Over lines of the student's own form with latencies of the grader's choice, in a group of the grader's own. */
async function overFixture(context: Context, asked: string): Promise<void> {
  const { logs } = context.clients;
  const group = context.name(names.probeLogGroup);
  const { messages, requests } = fixtureOf(context);
  try {
    const now = await makeGroup(context, group);
    await logs.send(new CreateLogStreamCommand({ logGroupName: group, logStreamName: 'fixture' }));
    const logEvents = messages.map((message, index) => ({ message, timestamp: now + index }));
    await logs.send(new PutLogEventsCommand({ logGroupName: group, logStreamName: 'fixture', logEvents }));
    const span = { group, query: asked, from: now - 60_000, to: now + 60_000 };
    await compare(context, span, requests, context.text.query.inFixture);
  } finally {
    await removeGroup(context, group);
  }
}

/** Over what the student's own function has logged in this run, and not a second more. */
async function overLive(context: Context, asked: string): Promise<void> {
  const { run, sent } = trafficOf(context);
  const live = liveOf(context);
  const lines = sent.flatMap((each) => requestLines(live, each, run));
  const requests = lines.flatMap(requestOf);
  const times = lines.map(({ timestamp }) => timestamp);
  const group = groupOf(context);
  const span = { group, query: asked, from: Math.min(...times), to: Math.max(...times) };
  await compare(context, span, requests, context.text.query.inGroup(group));
}

function requestOf(line: Line): Request[] {
  const [requestId, latencyMs] = [valueOf(line, 'requestId'), valueOf(line, 'latencyMs')];
  return typeof requestId === 'string' && typeof latencyMs === 'number' ? [{ requestId, latencyMs }] : [];
}

/**
 * Ends the check where the query's rows are not the slow ones of the requests, one row for each.
 * Rows of other requests do not count: somebody else may be calling the function.
 */
async function compare(
  context: Context,
  question: Question,
  requests: readonly Request[],
  where: string,
): Promise<void> {
  const { query: text } = context.text;
  const slow = requests.filter(isSlow);
  const named = (row: Row) =>
    requests.filter(({ requestId }) => Object.values(row).some((value) => value?.includes(requestId)));
  let rows: readonly Row[] = [];
  const complete = () => slow.every((request) => rows.some((row) => named(row).includes(request)));
  try {
    rows = await ask(context, question);
    // On a real account lines reach Logs Insights a little later than the group itself.
    if (!complete() && rows.flatMap(named).every(isSlow))
      await context.until('logs', async () => {
        rows = await ask(context, question);
        return complete() || context.target === 'embedded' ? true : undefined;
      });
  } catch (error) {
    if (!(error instanceof QueryRefused)) throw error;
    context.fail({ ...text.invalid(error.message), actual: question.query.trim() });
  }
  const evidence = [
    { label: context.text.evidence.query, value: question.query.trim() },
    { label: context.text.evidence.rows, value: rows.map(withoutPointer).map(shown).join('\n') },
  ];
  const latencies = (some: readonly Request[]) => some.map(({ latencyMs }) => latencyMs).join(', ');
  const found = rows.flatMap(named);
  const finding = { expected: latencies(slow), actual: latencies(found), evidence };
  const fast = found.filter((request) => !isSlow(request));
  if (rows.length > 0 && found.length === 0 && slow.length > 0)
    context.fail({ ...text.noId(where), expected: 'requestId', actual: columns(rows), evidence });
  if (fast.length > 0) context.fail({ ...text.fast(where, latencies(fast)), ...finding });
  const missed = slow.filter((request) => !found.includes(request));
  if (missed.length > 0) context.fail({ ...text.missed(where, latencies(missed)), ...finding });
  if (found.length > slow.length) context.fail({ ...text.twice(where), ...finding });
}

const withoutPointer = (row: Row): Row =>
  Object.fromEntries(Object.entries(row).filter(([name]) => name !== '@ptr'));
const columns = (rows: readonly Row[]): string => Object.keys(withoutPointer(rows[0] ?? {})).join(', ');

/** Latencies on both sides of the limit, and some that only a comparison of texts would put in another order. */
const latencies = [slowFrom - 1, slowFrom, slowFrom + 1, 25_000, 99, 7];

/** The copy's own lines, and the line of an approved order again and again with another latency. */
function fixtureOf(context: Context): { messages: string[]; requests: Request[] } {
  const { run, sent, lines } = observedOf(context);
  const own = lines.filter(({ level }) => level !== 'DEBUG' && level !== 'TRACE');
  const requests = sent.flatMap((each) => requestLines(lines, each, run)).flatMap(requestOf);
  const [approved] = sent.flatMap((each) =>
    each.outcome === 'APPROVED' ? requestLines(lines, each, run) : [],
  );
  const made = latencies.map((latencyMs) => ({ latencyMs, requestId: madeUpId(context) }));
  return {
    messages: [
      ...own.map(({ raw }) => raw),
      ...made.map((request) => JSON.stringify(replaced(approved?.json, asLogged(request)))),
    ],
    requests: [...requests, ...made],
  };
}

/** As the shop logs an approved order: at the level WARN where it was slow. */
const asLogged = (request: Request): object => ({ ...request, level: isSlow(request) ? 'WARN' : 'INFO' });

/** A line with other values for what it has, wherever in the line it has them. */
function replaced(json: Line['json'], values: object): object {
  const change = (object: object) =>
    Object.fromEntries(
      Object.entries(object).map(([name, value]: [string, unknown]) => [
        name,
        name in values ? members(values)[name] : value,
      ]),
    );
  const { message, ...top } = json ?? {};
  const inner = typeof message === 'object' && message !== null ? change(message) : message;
  return { ...change(top), ...(message === undefined ? {} : { message: inner }) };
}

/** In the form of Lambda's request ids. */
function madeUpId(context: Context): string {
  const hex = (digits: number) =>
    Array.from({ length: digits }, () => context.integer(0, 15).toString(16)).join('');
  return `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`;
}

/** @returns the cloud's time, by which the group was made */
async function makeGroup(context: Context, group: string): Promise<number> {
  const { logs } = context.clients;
  const create = () => logs.send(new CreateLogGroupCommand({ logGroupName: group }));
  try {
    await create();
  } catch (error) {
    if (!isNamed(error, 'ResourceAlreadyExistsException')) throw error;
    // One that a killed run left.
    await removeGroup(context, group);
    await create();
  }
  const { logGroups = [] } = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: group }));
  return logGroups.find(({ logGroupName }) => logGroupName === group)?.creationTime ?? Date.now();
}

async function removeGroup(context: Context, group: string): Promise<void> {
  try {
    await context.clients.logs.send(new DeleteLogGroupCommand({ logGroupName: group }), tidying());
  } catch (error) {
    if (!isNamed(error, 'ResourceNotFoundException')) throw error;
  }
}

export const queryChecks = { query };
