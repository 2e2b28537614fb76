import { DeleteStageCommand } from '@aws-sdk/client-apigatewayv2';
import { GetConnectionCommand } from '@aws-sdk/client-apigatewaymanagementapi';
import { describe, expect, it } from 'vitest';
import { refusal } from '../../../apigateway/testing/trial-gateway.ts';
import { heardForTests } from '../testing/for-tests.ts';
import { Refused, type Listener } from '../testing/listener.ts';
import { saying } from '../testing/trial-chat.ts';

const MINUTE = 60_000;
const KB = 1024;
const trial = heardForTests();
const advance = async (ms: number): Promise<void> => await trial.chat.gateway.running.cloud.clock.advance(ms);

/* Resolves when the cloud has answered a ping: the connection is there. */
async function pinged({ socket }: Listener): Promise<void> {
  const answered = new Promise((resolve) => socket.once('pong', resolve));
  socket.ping();
  await answered;
}

describe('a connection', () => {
  it('ends after ten minutes without a message, whatever else is sent', async () => {
    const talking = await trial.chat.connect(trial.chat.address(trial.api));
    const silent = await trial.chat.connect(trial.chat.address(trial.api));
    await advance(9 * MINUTE);
    expect(await talking.ask('still there')).toBe('heard');
    await pinged(silent);
    await advance(MINUTE);
    expect(await silent.closed).toEqual({ code: 1001, reason: 'Going away' });
    expect(await talking.ask('and still')).toBe('heard');
    await advance(9 * MINUTE);
    await pinged(talking);
    await advance(MINUTE);
    expect((await talking.closed).code).toBe(1001);
  });

  it('ends after two hours, whatever is said', async () => {
    const client = await trial.chat.connect(trial.chat.address(trial.api));
    for (let minutes = 0; minutes < 117; minutes += 9) {
      await advance(9 * MINUTE);
      expect(await client.ask('still there')).toBe('heard');
    }
    await advance(3 * MINUTE);
    expect(await client.closed).toEqual({ code: 1001, reason: 'Going away' });
  });

  it('ends with its stage', async () => {
    const ApiId = await trial.chat.api({ $default: saying('"$context.connectionId"') });
    const client = await trial.chat.connect(trial.chat.address(ApiId));
    const ConnectionId = (await client.ask('who am I?')) as string;
    await trial.chat.client.send(new DeleteStageCommand({ ApiId, StageName: 'dev' }));
    expect((await client.closed).code).toBe(1001);
    const management = trial.chat.management(ApiId);
    expect(await refusal(management.send(new GetConnectionCommand({ ConnectionId })))).toContain('Forbidden');
    management.destroy();
  });
});

describe('a message', () => {
  it('has 128 KB, in frames of 32 KB', async () => {
    const client = await trial.chat.connect(trial.chat.address(trial.api));
    const frame = 'a'.repeat(32 * KB);
    const say = (frames: number): void => {
      for (let at = 1; at <= frames; at += 1) client.socket.send(frame, { fin: at === frames });
    };
    say(4);
    expect(await client.hear()).toBe('"heard"');
    say(5);
    expect((await client.closed).code).toBe(1009);
    const other = await trial.chat.connect(trial.chat.address(trial.api));
    other.say(frame);
    expect(await other.hear()).toBe('"heard"');
    other.say(`${frame}a`);
    expect((await other.closed).code).toBe(1009);
  });

  it('is text', async () => {
    const client = await trial.chat.connect(trial.chat.address(trial.api));
    client.socket.send(Buffer.from('bytes'));
    expect((await client.closed).code).toBe(1003);
  });
});

describe('a stage', () => {
  it('lets so many messages and new connections through as its settings say', async () => {
    const limited = await trial.chat.api(
      { $connect: { ...saying('1'), answers: false }, $default: saying('"heard"') },
      {
        DefaultRouteSettings: { ThrottlingRateLimit: 0.01, ThrottlingBurstLimit: 2 },
        RouteSettings: { $connect: { ThrottlingRateLimit: 0.01, ThrottlingBurstLimit: 1 } },
      },
    );
    // So slow that the time which the test itself takes lets nothing more through.
    const client = await trial.chat.connect(trial.chat.address(limited));
    const refused: unknown = await trial.chat
      .connect(trial.chat.address(limited))
      .catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(Refused);
    expect(refused).toMatchObject({
      status: 429,
      body: expect.stringContaining('Too Many Requests') as unknown,
    });
    for (let count = 0; count < 3; count += 1) client.say('hello');
    const heard = [await client.hear(), await client.hear(), await client.hear()];
    expect(heard.filter((text) => text === '"heard"')).toHaveLength(2);
    expect(
      heard.filter((text) => text.startsWith('{"message": "Too Many Requests", "connectionId"')),
    ).toHaveLength(1);
    await advance(100_000);
    expect(await client.ask('hello')).toBe('heard');
  });
});
