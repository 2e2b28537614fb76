import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import type { Invoked } from '../../../grader/api.ts';
import { withCopy } from '../copy/copy.ts';
import { isNamed } from '../../aws-errors/named.ts';
import { mayDo } from '../../role-policies/may.ts';
import { districtOf, postcodeOf, postcodes } from '../districts.ts';
import { names } from '../names.ts';
import { reportsIn, type Report } from '../report/report.ts';
import { configurationOf } from './function.ts';
import { forget, look, type Stored } from './stored.ts';
import { callEvidence, failureOf } from '../../function-call/call.ts';
import { members } from '../../wording/members.ts';
import { listed, shown } from '../../wording/wording.ts';
import type { Context, LabCheck } from './context.ts';

/** What a call sends. */
export interface Visit {
  readonly visitor: string;
  readonly postcode: string;
  readonly note?: string;
}

/** One call of the copy: what was sent, what came back, what Lambda reports of it. */
export interface Observation {
  readonly visit: Visit;
  readonly invoked: Invoked;
  readonly answer: Readonly<Partial<Record<string, unknown>>>;
  /** Absent on servers that write none. */
  readonly report: Report | undefined;
  /** Calls of one turn were made at once; turns followed one another. */
  readonly turn: number;
  /** How often the copy had been changed before. */
  readonly generation: 0 | 1;
}

/** What the check `calls` leaves for those that judge it. */
export interface Traffic {
  readonly observations: readonly Observation[];
  readonly stored: ReadonlyMap<string, Stored>;
  /** Called again and again, one call after the other. */
  readonly regular: string;
  /** Called by several at once. */
  readonly crowd: string;
}
export const trafficOf = (context: Context): Traffic => context.from<Traffic>('calls');

/**
 * Calls that may have been carried out besides: the SDK tried again because it got no answer. What counts calls may
 * have counted these.
 */
export const lostOf = (observations: readonly Observation[]): number =>
  observations.reduce((sum, { invoked }) => sum + invoked.lost, 0);

/** Marks of what was sent: one in an answer to somebody else shows what was kept. */
export const marks = /(?:visitor|note)-[a-z0-9]{8,}/g;

/** Calls at once, and how often: on environments that are warm, so that they meet in the table. */
const crowdSize = 3;
const crowdTurns = 6;

/**
 * One vCPU. On AWS the handler has as much of it as there is memory, and init has it in full: only with all of it
 * are the two comparable (Lambda developer guide, "Memory").
 */
const memoryMB = 1769;

const calls: LabCheck = {
  id: 'calls',
  title: (text) => text.calls.title,
  points: 5,
  needs: ['ready'],
  verifiedOn: ['embedded'],
  requires: ['iamEnforcement'],
  hints: (text) => text.calls.hints,
  run: observed,
  async configuration(context): Promise<Traffic> {
    await expectRights(context);
    return observed(context);
  },
};

/** Any of them may count. */
const writing = ['UpdateItem', 'PutItem', 'BatchWriteItem', 'PartiQLInsert', 'PartiQLUpdate'];

/** That the role lets the function write into the table, which a server that asks no role does not show. */
async function expectRights(context: Context): Promise<void> {
  const { text, clients } = context;
  const { Role: role = '' } = configurationOf(context);
  const name = context.name(names.table);
  let arn: string | undefined;
  try {
    arn = (await clients.dynamodb.send(new DescribeTableCommand({ TableName: name }))).Table?.TableArn;
  } catch (error) {
    // Whoever has no table hears of it from the check that looks for its items.
    if (!isNamed(error, 'ResourceNotFoundException')) throw error;
  }
  const actions = writing.map((action) => `dynamodb:${action}`);
  if (arn === undefined || (await mayDo(context, role, actions, arn))) return;
  context.fail({ ...text.calls.mayNotWrite(name), expected: 'dynamodb:UpdateItem', actual: role });
}

async function observed(context: Context): Promise<Traffic> {
  const regular = context.nonce('visitor');
  const crowd = context.nonce('visitor');
  const guests = [context.nonce('visitor'), context.nonce('visitor')];
  const known = configurationOf(context);
  const visitors = [regular, crowd, ...guests];
  try {
    const observations = await withCopy(
      context,
      known,
      { name: context.name(names.graded), memoryMB },
      async (copy) => {
        const seen: Observation[] = [];
        let turn = 0;
        let generation: 0 | 1 = 0;
        const atOnce = async (visits: readonly Omit<Visit, 'postcode'>[]) => {
          turn += 1;
          const made = visits.map((visit) => once(context, copy.name, visit, turn, generation));
          seen.push(...(await Promise.all(made)));
        };
        await atOnce([{ visitor: regular, note: context.nonce('note') }]);
        await atOnce([{ visitor: guests[0] ?? '' }]);
        await atOnce([{ visitor: regular }]);
        await atOnce([{ visitor: regular }]);
        await copy.renew();
        generation = 1;
        // Every one of these needs an environment of its own, because the others are at work.
        await atOnce(Array.from({ length: crowdSize }, () => ({ visitor: crowd })));
        await atOnce([{ visitor: regular, note: context.nonce('note') }]);
        await atOnce([{ visitor: guests[1] ?? '' }]);
        const turns = isQuick(seen) ? crowdTurns : 1;
        for (let count = 0; count < turns; count += 1)
          await atOnce(Array.from({ length: crowdSize }, () => ({ visitor: crowd })));
        return seen;
      },
    );
    const stored = new Map<string, Stored>();
    for (const visitor of visitors) stored.set(visitor, await look(context, visitor));
    return { observations, stored, regular, crowd };
  } finally {
    await Promise.all(visitors.map((visitor) => forget(context, visitor)));
  }
}

/** A function that loads its table at every call is not asked more than needed: it has failed another check already. */
const isQuick = (seen: readonly Observation[]): boolean =>
  seen.some(({ report }) => report !== undefined && report.initMs === undefined && report.durationMs < 200);

async function once(
  context: Context,
  name: string,
  { visitor, note }: Omit<Visit, 'postcode'>,
  turn: number,
  generation: 0 | 1,
): Promise<Observation> {
  const { text } = context;
  const number = context.integer(0, postcodes - 1);
  const visit = { visitor, postcode: postcodeOf(number), ...(note === undefined ? {} : { note }) };
  const invoked = await context.invoke(name, visit);
  const evidence = callEvidence(context, visit, invoked);
  const failure = failureOf(invoked);
  if (failure !== undefined) context.fail({ ...text.calls.threw(failure.type, failure.message), evidence });
  const answer = members(invoked.payload);
  const finding = { actual: invoked.rawPayload, evidence };
  if ('statusCode' in answer && 'body' in answer) context.fail({ ...text.calls.envelope, ...finding });
  const missing = ['visitor', 'district', 'visits'].filter((member) => answer[member] === undefined);
  if (missing.length > 0) {
    const expected = '{ visitor, district, visits, … }';
    context.fail({ ...text.calls.missing(listed(text, missing)), expected, ...finding });
  }
  const district = districtOf(number);
  if (answer.district !== district)
    context.fail({
      ...text.calls.district(visit.postcode),
      ...finding,
      expected: district,
      actual: shown(answer.district),
    });
  if (typeof answer.visits !== 'number')
    context.fail({ ...text.calls.notNumber, ...finding, actual: shown(answer.visits) });
  if (note !== undefined && answer.note !== note)
    context.fail({ ...text.calls.note, ...finding, expected: note, actual: shown(answer.note) });
  return { visit, invoked, answer, report: reportsIn(invoked.logTail).at(-1), turn, generation };
}

export const trafficChecks = { calls };
