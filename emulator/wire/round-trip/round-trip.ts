import * as fc from 'fast-check';
import { env } from 'node:process';
import type { Protocol } from '../../service/service.ts';
import type { Operation } from '../schema/model.ts';
import { modelOf } from '../schema/model.ts';
import { serviceWire } from '../service-wire.ts';
import type { WireService } from '../wire.ts';
import { loopback, requestId } from './loopback.ts';
import { difference } from './same.ts';
import type { Making } from './values.ts';
import { valuesOf } from './values.ts';

/** A client as every SDK package makes it. */
export interface AnyClient {
  send(command: never): Promise<unknown>;
  destroy(): void;
}

export interface RoundTrip {
  readonly service: WireService;
  /** The namespace of the client's package: `import * as client from '@aws-sdk/client-…'`. */
  readonly client: Readonly<Record<string, unknown>>;
  /** Makes a client that sends to `origin`, with the protocol that is to be proved. */
  connect(origin: string): AnyClient;
  readonly protocol: Protocol;
  readonly operations: readonly string[];
  readonly extents: readonly Making['extent'][];
  /** Runs for each operation and extent; `COLDSTART_RUNS` multiplies them. */
  readonly runs: number;
  readonly members?: Making['members'];
  readonly seed?: number;
}

/**
 * Proves that operations survive the wire: values made of the schema go out through the real client and must be seen
 * whole by the operation, and what the operation answers must be seen whole by the client.
 * @throws with the smallest counterexample that fast-check finds
 */
export async function proveRoundTrips(trip: RoundTrip): Promise<void> {
  const { operations } = modelOf(trip.service.schemas);
  const call: { operation?: string; input?: unknown; answer?: unknown } = {};
  const server = await loopback(serviceWire({ ...trip.service, limits: {} }), (operation, input) => {
    Object.assign(call, { operation, input });
    return call.answer;
  });
  const client = trip.connect(server.origin);

  const once = async (
    { name }: Operation,
    input: Record<string, unknown>,
    output: Record<string, unknown>,
  ): Promise<void> => {
    Object.assign(call, { operation: undefined, input: undefined, answer: output });
    server.requests.length = 0;
    const got = await settle(await client.send(commandOf(trip.client, name, input)));
    if (call.operation !== name) throw new Error(`${name} arrived as ${call.operation ?? 'nothing'}`);
    const lost = difference(input, call.input);
    if (lost !== undefined) throw new Error(`${name} input${lost}`);
    const changed = difference(output, got);
    if (changed !== undefined) throw new Error(`${name} output${changed}`);
    const { $metadata } = got as { $metadata?: { requestId?: string } };
    if ($metadata?.requestId !== requestId) throw new Error(`${name} lost the request id`);
  };

  try {
    for (const name of trip.operations) {
      const operation = operations.get(name);
      if (operation === undefined) throw new Error(`The client has no operation ${name}.`);
      for (const extent of trip.extents) {
        const making = { protocol: trip.protocol, extent, members: trip.members ?? {} };
        const inputs = valuesOf(operation.input, { ...making, direction: 'input' });
        const outputs = valuesOf(operation.output, { ...making, direction: 'output' });
        await fc.assert(
          fc.asyncProperty(inputs, outputs, (input, output) => once(operation, input, output)),
          {
            numRuns: trip.runs * Number(env['COLDSTART_RUNS'] ?? 1),
            ...(trip.seed !== undefined && { seed: trip.seed }),
          },
        );
      }
    }
  } finally {
    client.destroy();
    await server.close();
  }
}

function commandOf(client: RoundTrip['client'], name: string, input: Record<string, unknown>): never {
  const Command = client[`${name}Command`] as new (input: Record<string, unknown>) => unknown;
  return new Command(input) as never;
}

/** Streams in an answer are read, so that their bytes can be compared. */
async function settle(output: unknown): Promise<unknown> {
  if (typeof output !== 'object' || output === null) return output;
  const settled: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(output))
    settled[name] = isStream(value) ? await bytes(value) : value;
  return settled;
}

interface Streamed {
  transformToByteArray(): Promise<Uint8Array>;
}

function isStream(value: unknown): value is Streamed {
  return typeof value === 'object' && value !== null && 'transformToByteArray' in value;
}

async function bytes(stream: Streamed): Promise<Uint8Array> {
  return stream.transformToByteArray();
}
