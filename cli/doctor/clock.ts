import type { TargetName } from '../../grader/api.ts';
import type { Session } from '../session/session.ts';
import { textOf, type Finding } from './finding.ts';

/** Seconds that AWS lets a signature be off (SigV4). */
const allowed = 300;
/** The header of the answer tells whole seconds, and the way takes its own. */
const unnoticed = 60;
const patience = 5_000;

/**
 * Whether a target answers, and how far its clock is from this machine's: by the `Date` of its answer to a request
 * without a signature, which names no account.
 */
export async function clock(
  session: Session,
  name: Exclude<TargetName, 'embedded'>,
  address: URL,
): Promise<Finding[]> {
  const text = textOf(session);
  const where = address.origin;
  const begun = Date.now();
  let date: string | null;
  try {
    const answer = await fetch(address, { redirect: 'manual', signal: AbortSignal.timeout(patience) });
    date = answer.headers.get('date');
    await answer.body?.cancel();
  } catch (error) {
    const seen = text.targetSilent(where, reasonOf(error));
    return [{ what: text.target, level: 'bad', seen, mend: text.targetSilentMend[name] }];
  }
  const answers: Finding = { what: text.target, level: 'good', seen: text.targetAnswers(where) };
  const there = Date.parse(date ?? '');
  if (Number.isNaN(there))
    return [answers, { what: text.clock, level: 'good', seen: text.clockUnknown(where) }];
  const seconds = Math.round(Math.abs((begun + Date.now()) / 2 - there) / 1000);
  if (seconds <= unnoticed)
    return [answers, { what: text.clock, level: 'good', seen: text.clockGood(where, seconds) }];
  // Emulators look at no signature; a machine whose clock is off is still worth a word.
  const level = name === 'aws' && seconds > allowed ? 'bad' : 'note';
  return [
    answers,
    { what: text.clock, level, seen: text.clockOff(where, seconds), mend: text.clockMend(allowed) },
  ];
}

/** What Node calls it: `ECONNREFUSED`, `TimeoutError`. */
function reasonOf(error: unknown): string {
  const { cause } = error as { cause?: { code?: string } };
  return cause?.code ?? (error instanceof Error ? error.name : String(error));
}

/** Where AWS answers in a region. @param region as an environment says it; what cannot be one is not asked */
export function awsAddress(region: string): URL {
  const sound = /^[a-z0-9-]{1,32}$/.test(region) ? region : 'us-east-1';
  const suffix = sound.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  return new URL(`https://sts.${sound}.${suffix}/`);
}
