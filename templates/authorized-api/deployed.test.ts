import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetApiKeyCommand, GetUsagePlansCommand } from '@aws-sdk/client-api-gateway';
import { afterAll, expect } from 'vitest';
import { projectRoot } from '../../tooling/root.ts';
import type { Place } from '../testing/place.ts';
import { proveApplication } from '../testing/prove-application.ts';

/** Where the private key is: beside a copy of the program that makes passes. */
const folder = mkdtempSync(join(tmpdir(), 'coldstart-pass-'));
cpSync(join(projectRoot(), 'templates', 'authorized-api', 'pass.mjs'), join(folder, 'pass.mjs'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});
const pass = (...args: readonly string[]): string =>
  execFileSync(process.execPath, [join(folder, 'pass.mjs'), ...args], { encoding: 'utf8' }).trim();

proveApplication('authorized-api', {
  parameters: () => ({ PublicKey: pass('keys') }),
  async works(place) {
    const key = await keyOf(place);
    const reader = pass('Ada', 'read');
    const both = pass('Grace', 'read', 'write');
    // A key can take a moment until the plan knows it.
    await expect.poll(async () => (await ask(place, { key, pass: reader })).status).toBe(200);
    expect((await ask(place, { key, pass: reader })).told).toEqual({ message: 'Ada may read this' });
    expect((await ask(place, { key, pass: reader, method: 'POST' })).status).toBe(403);
    expect((await ask(place, { key, pass: both, method: 'POST' })).told).toEqual({
      message: 'Grace has written a note',
    });
    expect((await ask(place, { key, pass: pass('Ada') })).status).toBe(403);
    expect((await ask(place, { key, pass: `${reader}x` })).status).toBe(401);
    expect((await ask(place, { key })).status).toBe(401);
    expect((await ask(place, { pass: reader })).status).toBe(403);
  },
  change: { parameters: { RequestsPerDay: '500' } },
  async changed(place) {
    const apigateway = await place.pool.load('apigateway');
    const { items } = await apigateway.send(new GetUsagePlansCommand({}));
    expect(items).toMatchObject([{ quota: { limit: 500, period: 'DAY' }, throttle: { rateLimit: 5 } }]);
  },
});

async function keyOf(place: Place): Promise<string> {
  const apigateway = await place.pool.load('apigateway');
  const { value = '' } = await apigateway.send(
    new GetApiKeyCommand({ apiKey: place.output('ApiKeyId'), includeValue: true }),
  );
  return value;
}

async function ask(
  place: Place,
  { key, pass: token, method = 'GET' }: { key?: string; pass?: string; method?: string },
): Promise<{ status: number; told: unknown }> {
  // A second later a plan has as many requests to give as it allows in one.
  await place.pass(1);
  const answer = await fetch(place.output('NotesUrl'), {
    method,
    headers: {
      ...(key === undefined ? {} : { 'x-api-key': key }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
  });
  return { status: answer.status, told: await answer.json() };
}
