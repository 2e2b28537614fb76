import { InvokeCommand, InvokeWithResponseStreamCommand } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCloud } from '../../../start.ts';
import type { RunningCloud } from '../../../start.ts';
import { archive } from '../testing/archive.ts';
import { refusal, studentAt } from '../testing/student.ts';
import type { Student } from '../testing/student.ts';

/* The real SDK client against the real server with real processes. */
let running: RunningCloud;
let student: Student;
beforeAll(async () => {
  running = await startCloud({ port: 0, home: 'unused', ephemeral: true });
  student = await studentAt(running.origin);
}, 60_000);
afterAll(async () => {
  student.lambda.destroy();
  await running.stop();
}, 30_000);

const make = (name: string, body: string, more: object = {}) =>
  student.make(
    name,
    archive({
      'index.mjs': `const wait = (ms) => new Promise((done) => setTimeout(done, ms));
export const handler = awslambda.streamifyResponse(async (event, stream, context) => { ${body} });`,
    }),
    more,
  );

async function stream(FunctionName: string, event: object = {}) {
  const answer = await student.lambda.send(
    new InvokeWithResponseStreamCommand({ FunctionName, Payload: JSON.stringify(event), LogType: 'Tail' }),
  );
  const pieces: { at: number; text: string }[] = [];
  let complete: { ErrorCode?: string; ErrorDetails?: string; LogResult?: string } | undefined;
  for await (const piece of answer.EventStream ?? []) {
    if (piece.PayloadChunk !== undefined) {
      pieces.push({
        at: performance.now(),
        text: Buffer.from(piece.PayloadChunk.Payload ?? []).toString('latin1'),
      });
    } else complete = piece.InvokeComplete;
  }
  return { ...answer, pieces, text: pieces.map(({ text }) => text).join(''), complete };
}

describe('InvokeWithResponseStream', () => {
  it('brings chunks while the handler still writes', async () => {
    await make(
      'slow',
      `stream.setContentType('text/plain'); stream.write('one '); await wait(400); stream.end('two');`,
    );
    const told = await stream('slow');
    expect(told).toMatchObject({
      StatusCode: 200,
      ExecutedVersion: '$LATEST',
      // The header that says the handler's type is that of the event stream itself.
      ResponseStreamContentType: 'application/vnd.amazon.eventstream',
      text: 'one two',
    });
    expect((told.pieces.at(-1)?.at ?? 0) - (told.pieces[0]?.at ?? 0)).toBeGreaterThan(300);
    expect(told.complete?.ErrorCode).toBeUndefined();
    expect(Buffer.from(told.complete?.LogResult ?? '', 'base64').toString()).toContain('REPORT RequestId: ');
  });

  it('carries more than 6 MB', async () => {
    await make(
      'large',
      `for (let n = 0; n < 12; n += 1) stream.write(Buffer.alloc(1024 * 1024, 'x')); stream.end();`,
      {
        Timeout: 30,
      },
    );
    const { text, complete } = await stream('large');
    expect(text.length).toBe(12 * 1024 * 1024);
    expect(complete?.ErrorCode).toBeUndefined();
    const collected = await student.lambda.send(new InvokeCommand({ FunctionName: 'large' }));
    expect(Buffer.from(collected.Payload ?? []).toString()).toContain('Function.ResponseSizeTooLarge');
  });

  it('ends with the error where the handler fails in the middle, or too late', async () => {
    await make(
      'fails',
      `stream.write('some'); await wait(50); if (event.stay) await wait(60_000); throw new RangeError('in the middle');`,
      { Timeout: 1 },
    );
    const failed = await stream('fails');
    expect(failed.text).toBe('some');
    expect(failed.complete?.ErrorCode).toBe('Unhandled');
    expect(JSON.parse(failed.complete?.ErrorDetails ?? '')).toMatchObject({
      errorType: 'RangeError',
      errorMessage: 'in the middle',
    });
    const late = await stream('fails', { stay: true });
    expect(late.text).toBe('some');
    expect(late.complete?.ErrorDetails).toContain('Task timed out after 1.00 seconds');
  });

  it('passes status and headers on as they are: only function URLs read them', async () => {
    await make(
      'http',
      `const out = awslambda.HttpResponseStream.from(stream, { statusCode: 201, headers: { 'x-a': 'b' } }); out.end('body');`,
    );
    const told = await stream('http');
    expect(told.text).toBe('{"statusCode":201,"headers":{"x-a":"b"}}\0\0\0\0\0\0\0\0body');
  });

  it('refuses what Invoke refuses', async () => {
    expect(await refusal(stream('nobody'))).toMatchObject({ name: 'ResourceNotFoundException' });
  });
});
