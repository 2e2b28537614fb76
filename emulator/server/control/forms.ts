import type { SealedIdentity } from '../../identity/sealed-identity.ts';
import type { FormGate } from '../../service/access.ts';
import type { Call, Principal } from '../../service/call.ts';
import { ServiceFailure } from '../../service/failure.ts';
import type { WireIdentity } from '../../service/service.ts';
import type { State } from '../../state/state.ts';
import type { Trail, TrailId } from '../../trail/trail.ts';
import type { WireAnswer, WireRequest } from '../../wire/wire.ts';
import { refusals } from '../access/refusals.ts';
import type { SigningTimes } from '../access/signing-times.ts';
import { signatureOf } from '../signature.ts';
import { authorise } from './authorise.ts';
import type { HostedService, ServiceHost } from './service-host.ts';

/** What answering a form rests on. */
interface FormParts {
  readonly host: ServiceHost;
  readonly identity: SealedIdentity;
  readonly state: State;
  readonly trail: Trail;
  readonly since: (hostTime: number) => number;
  readonly signingTimes: SigningTimes;
  readonly signatures: 'shape' | 'verified';
  readonly log: (line: string) => void;
}

/**
 * Answers a form that a browser posts with its signature in a field.
 * @param callOf makes the call that the form comes to
 */
export async function answerForm(
  parts: FormParts,
  service: HostedService,
  request: WireRequest,
  requestId: string,
  callOf: (who: { readonly principal: Principal; readonly region: string }, operation: string) => Call,
): Promise<WireAnswer | undefined> {
  if (service.forms === undefined) return undefined;
  const { trail, host, state, log } = parts;
  const entries: TrailId[] = [];
  const gate: FormGate = {
    ...keys(parts, service.wire),
    since: parts.since,
    signedAt: (signature, told) => parts.signingTimes.latest(signature, told, Date.now()),
    perform: async (who, operation, input, work) => {
      const call = callOf(who, operation);
      entries.push(call.trail);
      await authorise({ iam: () => host.port('iam'), trail }, service, call, input);
      return await work(call);
    },
  };
  let answer: WireAnswer;
  try {
    answer = await service.forms(request, gate);
    state.commit();
  } catch (error) {
    if (!(error instanceof ServiceFailure))
      log(`A form for ${service.wire.id} failed inside the cloud: ${String(error)}`);
    answer = service.codec.failure(request, undefined, error, requestId);
  }
  for (const entry of entries) trail.complete(entry, { status: answer.status });
  return answer;
}

function keys(
  { identity, signatures }: FormParts,
  wire: WireIdentity,
): Pick<FormGate, 'principal' | 'signed'> {
  return {
    principal: (accessKeyId, sessionToken) => {
      const principal = identity.principalOf(accessKeyId, sessionToken);
      if (principal !== undefined) return principal;
      throw identity.refusal(accessKeyId, sessionToken) === 'expired'
        ? refusals.expiredSession(wire)
        : refusals.unknownKey(wire);
    },
    signed: ({ accessKeyId, sessionToken, scope }, text, signature) => {
      if (signatures === 'shape') return true;
      const secret = identity.secretOf(accessKeyId, sessionToken);
      return secret !== undefined && signatureOf(secret, scope, text) === signature;
    },
  };
}
