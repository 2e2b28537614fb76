import { findCredentials } from '../../emulator/server/access/credentials.ts';
import { identities } from '../../emulator/services/identities.ts';
import { services } from '../../emulator/services/registry.ts';
import { recognise } from '../../emulator/wire/recognise.ts';
import { serviceWire } from '../../emulator/wire/service-wire.ts';
import type { ServiceWire, WireRequest } from '../../emulator/wire/wire.ts';

export type ServiceId = keyof typeof identities;

/** A call of one of AWS's APIs, read from the wire as the client sent it. */
export interface Call {
  readonly service: ServiceId;
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** The key that signed: the account, on the embedded cloud. */
  readonly account: string;
  readonly request: WireRequest;
  /** Writes answers in the protocol that the client used. */
  readonly wire: ServiceWire;
}

const wires = new Map<ServiceId, Promise<ServiceWire>>();

async function wireOf(service: ServiceId): Promise<ServiceWire> {
  const known = wires.get(service);
  if (known !== undefined) return known;
  // Read leniently: what breaks a limit is for the cloud to refuse.
  const made = services[service]().then(({ default: module }) =>
    serviceWire({ wire: module.wire, schemas: module.schemas, limits: {} }),
  );
  wires.set(service, made);
  return made;
}

/** @returns undefined where the request calls no operation (a stage of an API, an address that a service gave out), or is none of Coldstart's */
export async function readCall(request: WireRequest): Promise<Call | undefined> {
  const found = findCredentials(request);
  if (found.kind !== 'found' || request.path.startsWith('/_')) return undefined;
  const { service: signingName, accessKeyId, sessionToken } = found.credentials;
  // The key of a role: a function works with it, by an address of a queue that was given out here. Its calls are the
  // student's program, not Coldstart's, and which account they belong to is the cloud's to know.
  if (sessionToken !== undefined) return undefined;
  const identity = recognise(request, signingName, Object.values(identities));
  if (identity === undefined) return undefined;
  const service = identity.id as ServiceId;
  const wire = await wireOf(service);
  const operation = wire.operationOf(request);
  if (operation === undefined) return undefined;
  try {
    const { input } = await wire.read(request, operation);
    return { service, operation, input, account: accessKeyId, request, wire };
  } catch {
    // The cloud says what is wrong with it.
    return undefined;
  }
}
