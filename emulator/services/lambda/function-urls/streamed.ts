import type { WireAnswer } from '../../../wire/wire.ts';
import type { StreamedInvocation } from '../invocation/stream.ts';
import { answerOf, integrationType, splitOpening } from '../../../gateway/functions/answer.ts';

const internal = (): WireAnswer => ({
  status: 502,
  headers: { 'content-type': 'application/json' },
  body: Buffer.from('Internal Server Error'),
});

/**
 * An invocation whose answer is sent while the handler still writes it. A failure after the first byte cuts the
 * connection: what was sent must not pass for the whole.
 */
export async function streamedAnswer(invocation: StreamedInvocation): Promise<WireAnswer> {
  const chunks = chunksOf(invocation);
  if (!invocation.streamed) {
    const whole = await collected(chunks);
    return whole === undefined ? internal() : (answerOf(whole) ?? internal());
  }
  if (invocation.contentType !== integrationType) {
    return { status: 200, headers: { 'content-type': invocation.contentType }, body: chunks };
  }
  let head: Uint8Array = new Uint8Array();
  for (;;) {
    const next = await chunks.next().catch(() => undefined);
    if (next === undefined || next.done === true) return internal();
    head = Buffer.concat([head, next.value]);
    const split = splitOpening(head);
    if (split === undefined) continue;
    if (split.opening === undefined) return internal();
    return { ...split.opening, body: after(split.rest, chunks) };
  }
}

async function* after(first: Uint8Array, rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (first.length > 0) yield first;
  yield* rest;
}

/** The bytes of an invocation. @throws where it failed */
async function* chunksOf({ events }: StreamedInvocation): AsyncGenerator<Uint8Array> {
  for await (const event of events) {
    if (event.PayloadChunk !== undefined) yield event.PayloadChunk.Payload ?? new Uint8Array();
    else if (event.InvokeComplete?.ErrorCode !== undefined) {
      throw new Error(`The function failed: ${event.InvokeComplete.ErrorDetails ?? ''}`);
    }
  }
}

async function collected(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array | undefined> {
  const all: Uint8Array[] = [];
  try {
    for await (const chunk of chunks) all.push(chunk);
  } catch {
    return undefined;
  }
  return Buffer.concat(all);
}
