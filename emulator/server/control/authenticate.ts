import type { SealedIdentity } from '../../identity/sealed-identity.ts';
import type { Principal } from '../../service/call.ts';
import type { ServiceFailure } from '../../service/failure.ts';
import type { WireIdentity } from '../../service/service.ts';
import type { WireRequest } from '../../wire/wire.ts';
import { basicTime, type Credentials } from '../access/credentials.ts';
import { refusals } from '../access/refusals.ts';
import type { SigningTimes } from '../access/signing-times.ts';
import { hasEnded, presignedProblem, verifySignature } from '../signature.ts';

/** What it rests on who somebody is. */
interface Authentication {
  readonly identity: SealedIdentity;
  readonly signingTimes: SigningTimes;
  /** ms that have passed in the cloud since the host's time was this. */
  readonly since: (hostTime: number) => number;
  readonly signatures: 'shape' | 'verified';
}

/** Who sent a request, or why nobody knows. */
export function authenticate(
  { identity, signatures, signingTimes, since }: Authentication,
  request: WireRequest,
  credentials: Credentials,
  wire: WireIdentity,
): Principal | ServiceFailure {
  const { accessKeyId, sessionToken } = credentials;
  const principal = identity.principalOf(accessKeyId, sessionToken);
  if (principal === undefined)
    return identity.refusal(accessKeyId, sessionToken) === 'expired'
      ? refusals.expiredSession(wire)
      : refusals.unknownKey(wire);
  if (ended(credentials, signingTimes, since)) return refusals.ended(wire);
  const problem = wire.id === 's3' ? presignedProblem(request, credentials) : undefined;
  if (problem !== undefined)
    return 'unsigned' in problem
      ? refusals.headersNotSigned(problem.unsigned)
      : refusals.signature(wire, { kind: 'mismatch' });
  if (signatures === 'shape') return principal;
  const secret = identity.secretOf(accessKeyId, sessionToken);
  if (secret === undefined) return refusals.unknownKey(wire);
  const wrong = verifySignature(request, credentials, secret, Date.now());
  return wrong === undefined ? principal : refusals.signature(wire, wrong);
}

/* By the cloud's time since it was signed: whoever moves the clock sees addresses end, and makes new ones. */
function ended(
  credentials: Credentials,
  signingTimes: SigningTimes,
  since: Authentication['since'],
): boolean {
  if (credentials.expires === undefined) return false;
  if (credentials.version === 'v2') return hasEnded(credentials, Date.now());
  const at = basicTime(credentials.signedAt);
  const signed = signingTimes.latest(credentials.signature, at, Date.now());
  return hasEnded(credentials, signed + since(signed));
}
