import { createHash, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../../clock/clock.ts';
import type { Trail, TrailId } from '../../trail/trail.ts';
import type { WireAnswer } from '../../wire/wire.ts';
import { jsonAnswer } from '../control/unserved.ts';
import { BodyTooLarge, type Exchange } from '../http/exchange.ts';

/** What a cloud says of itself to anybody on this machine. */
export interface Health {
  readonly name: 'coldstart';
  readonly version: string;
  readonly pid: number;
  /** Seconds since it was started. */
  readonly uptime: number;
  readonly home: string;
  readonly ephemeral: boolean;
}

export interface AdminParts {
  readonly clock: Clock;
  readonly trail: Trail;
  readonly health: () => Health;
  /** What `Authorization: Bearer` must carry for everything but the health. */
  readonly token: string;
  /** Asked to end the cloud. It is called when the answer has been given. */
  readonly stop: () => void;
  /** Writes what was changed to the journal. */
  readonly commit: () => void;
}

/** Where everything that is the cloud's own and not AWS's stands. */
export const ADMIN_PREFIX = '/_coldstart/';
/** The furthest that the clock moves at once: ten years, in ms. */
const FURTHEST = 10 * 366 * 86_400_000;
const BODY = 10_000;

/** Answers `/_coldstart/…`: the health, the clock, the trail, the end. */
export async function admin(parts: AdminParts, exchange: Exchange): Promise<WireAnswer> {
  const { method, path, query, headers } = exchange.head;
  const route = `${method} ${path.slice(ADMIN_PREFIX.length)}`;
  if (route === 'GET health') return jsonAnswer(200, parts.health());
  if (!sameText(headers['authorization'] ?? '', `Bearer ${parts.token}`))
    return jsonAnswer(
      401,
      { message: 'This needs the token of the cloud.' },
      { 'www-authenticate': 'Bearer' },
    );
  switch (route) {
    case 'GET clock':
      return jsonAnswer(200, { now: parts.clock.now() });
    case 'POST clock':
      return await moveClock(parts, exchange);
    case 'GET trail':
      return readTrail(parts.trail, new URLSearchParams(query));
    case 'POST stop':
      setImmediate(parts.stop);
      return jsonAnswer(202, { message: 'The cloud is ending.' });
    default:
      return jsonAnswer(404, { message: `There is no ${route} under ${ADMIN_PREFIX}.` });
  }
}

async function moveClock(parts: AdminParts, exchange: Exchange): Promise<WireAnswer> {
  const ms = await advanceOf(exchange);
  if (ms === undefined)
    return jsonAnswer(400, {
      message: `The body must be {"advance": ms} with a number of milliseconds from 0 to ${String(FURTHEST)}.`,
    });
  await parts.clock.advance(ms);
  parts.commit();
  return jsonAnswer(200, { now: parts.clock.now() });
}

/* Undefined where the body does not say it. */
async function advanceOf(exchange: Exchange): Promise<number | undefined> {
  try {
    const body = Buffer.from(await exchange.body(BODY)).toString('utf8');
    const value: unknown = JSON.parse(body);
    if (typeof value !== 'object' || value === null || !('advance' in value)) return undefined;
    const { advance } = value;
    return typeof advance === 'number' && advance >= 0 && advance <= FURTHEST ? advance : undefined;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof BodyTooLarge) return undefined;
    throw error;
  }
}

function readTrail(trail: Trail, query: URLSearchParams): WireAnswer {
  const scope = {
    account: query.get('account') ?? '000000000000',
    region: query.get('region') ?? 'us-east-1',
  };
  const after = query.get('after') as TrailId | null;
  return jsonAnswer(200, { entries: trail.read(scope, after ?? undefined) });
}

/* In a time that says nothing of where two texts differ. */
function sameText(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
