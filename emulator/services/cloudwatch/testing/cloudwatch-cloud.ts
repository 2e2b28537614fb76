import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { Cloud } from '../../../cloud.ts';
import { startCloud } from '../../../start.ts';
import type { CloudWatchPort } from '../port.ts';

export const scope = { account: '111111111111', region: 'us-east-1' };

/** How a client reaches the cloud under test. */
export const connection = {
  region: scope.region,
  credentials: { accessKeyId: scope.account, secretAccessKey: 'test' },
  maxAttempts: 1,
  disableHostPrefix: true,
};

/** A cloud on a port of its own, and a client of its CloudWatch. */
export interface CloudWatchCloud {
  readonly origin: string;
  readonly client: CloudWatchClient;
  readonly port: CloudWatchPort;
  readonly cloud: Cloud;
  close(): Promise<void>;
}

/** @param home a folder that keeps the state; nothing is kept without one */
export async function openCloudWatch(home?: string): Promise<CloudWatchCloud> {
  const running = await startCloud({ port: 0, home: home ?? 'unused', ephemeral: home === undefined });
  const client = new CloudWatchClient({ ...connection, endpoint: running.origin });
  return {
    origin: running.origin,
    client,
    port: await running.cloud.port('cloudwatch'),
    cloud: running.cloud,
    close: async () => {
      client.destroy();
      await running.stop();
    },
  };
}

/** Waits until something holds, looking every few milliseconds. @throws Error after 20 seconds */
export async function until<T>(look: () => Promise<T | undefined>, what: string): Promise<T> {
  const end = Date.now() + 20_000;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error(`Not seen in time: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
