import { describe, expect, it } from 'vitest';
import { home, LIST, running, send, serveEachTest, signature } from '../fixture/serving.ts';

serveEachTest();

describe('the cloud’s own routes', () => {
  const bearer = { authorization: 'Bearer the token' };

  it('tell anybody on this machine that it is alive', async () => {
    const { status, body } = await send('/_coldstart/health');
    expect(status).toBe(200);
    expect(JSON.parse(body)).toMatchObject({
      name: 'coldstart',
      version: expect.stringMatching(/^\d+\.\d+\.\d+/) as string,
      pid: process.pid,
      uptime: expect.any(Number) as number,
      home,
    });
  });

  it.each([
    ['GET', 'clock'],
    ['POST', 'clock'],
    ['GET', 'trail'],
    ['POST', 'stop'],
    ['GET', 'nonsense'],
  ])('keep all else to those who have the token (%s %s)', async (method, route) => {
    for (const headers of [{}, { authorization: 'Bearer another' }, signature()] as Record<string, string>[])
      expect((await send(`/_coldstart/${route}`, headers, { method })).status).toBe(401);
    expect((await send('/_coldstart/health')).status).toBe(200);
  });

  it('move the clock', async () => {
    const before = JSON.parse((await send('/_coldstart/clock', bearer)).body) as { now: number };
    let ran = false;
    running.cloud.clock.after(3_000_000, () => (ran = true));
    const answer = await send('/_coldstart/clock', bearer, { method: 'POST', body: '{"advance":3600000}' });
    expect(answer.status).toBe(200);
    expect((JSON.parse(answer.body) as { now: number }).now).toBeGreaterThanOrEqual(before.now + 3_600_000);
    expect(ran).toBe(true);
    for (const body of [
      '',
      'null',
      '{"advance":-1}',
      '{"advance":"1"}',
      '{"advance":1e300}',
      '[]',
      'x'.repeat(20_000),
    ])
      expect((await send('/_coldstart/clock', bearer, { method: 'POST', body })).status).toBe(400);
  });

  it('read the trail of one scope', async () => {
    await send(LIST, signature());
    const { body } = await send('/_coldstart/trail?account=111122223333', bearer);
    expect(JSON.parse(body)).toMatchObject({
      entries: [{ kind: 'api.call', facts: { operation: 'ListFunctions' } }],
    });
    expect(JSON.parse((await send('/_coldstart/trail', bearer)).body)).toEqual({ entries: [] });
  });

  it('end the cloud', async () => {
    expect((await send('/_coldstart/stop', bearer, { method: 'POST' })).status).toBe(202);
    await running.stopped;
    await expect(send('/_coldstart/health')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});
