import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import { strToU8, zipSync } from 'fflate';
import { afterEach, describe, expect, it } from 'vitest';
import { downloadPackage } from './deployed-package.ts';

const zip = zipSync({ 'index.mjs': strToU8('export const handler = 1;') });

let server: Server;
afterEach(() => server.close());

/** A client of a Lambda whose packages lie at an address that gives these answers, one after the other. */
async function lambdaWith(
  ...statuses: readonly number[]
): Promise<{ client: LambdaClient; asked: number[] }> {
  const asked: number[] = [];
  server = createServer((_, response) => {
    const status = statuses[asked.length] ?? 200;
    asked.push(status);
    response.writeHead(status).end(status === 200 ? zip : 'no');
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const Location = `http://127.0.0.1:${String(port)}/package`;
  const client = { send: () => Promise.resolve({ Code: { Location } }), config: {} };
  return { client: client as unknown as LambdaClient, asked };
}

describe('the package of a function', () => {
  it('is asked for again where its address is too busy', async () => {
    const { client, asked } = await lambdaWith(503, 500, 429);
    expect([...(await downloadPackage(client, 'f')).files.keys()]).toEqual(['index.mjs']);
    expect(asked).toEqual([503, 500, 429, 200]);
  });

  it('is not asked for again where the address refuses it', async () => {
    const { client, asked } = await lambdaWith(403);
    await expect(downloadPackage(client, 'f')).rejects.toThrow("The package's address answered 403.");
    expect(asked).toEqual([403]);
  });

  it('is given up where the address stays as it is', async () => {
    const { client, asked } = await lambdaWith(...Array.from({ length: 99 }, () => 503));
    await expect(downloadPackage(client, 'f')).rejects.toThrow('answered 503');
    expect(asked).toHaveLength(6);
  });
});
