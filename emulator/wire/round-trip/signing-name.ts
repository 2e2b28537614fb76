import type { AnyClient } from './round-trip.ts';

/** The service in the SigV4 scope of a request that a client really signs. Nothing is sent. For tests only. */
export async function signingNameOf(client: AnyClient, command: unknown): Promise<string | undefined> {
  let scope: string | undefined;
  const { config } = client as unknown as { config: { requestHandler: unknown } };
  config.requestHandler = {
    handle: ({ headers }: { headers: Record<string, string> }) => {
      scope = /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\//.exec(headers['authorization'] ?? '')?.[1];
      return Promise.reject(new Error('Nothing is sent.'));
    },
  };
  await client.send(command as never).catch(() => undefined);
  return scope;
}
