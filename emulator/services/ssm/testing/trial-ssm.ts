import { SSMClient, type SSMClientConfig } from '@aws-sdk/client-ssm';
import { startCloud, type RunningCloud } from '../../../start.ts';

export const account = '111122223333';
export const region = 'us-east-1';

/** A running cloud with a client of Systems Manager, for tests. */
export interface TrialSsm {
  readonly running: RunningCloud;
  readonly ssm: SSMClient;
  clientOf(credentials: NonNullable<SSMClientConfig['credentials']>): SSMClient;
  stop(): Promise<void>;
}

/** @param home a folder that keeps the state; nothing is kept without one */
export async function trialSsm(home?: string): Promise<TrialSsm> {
  const running = await startCloud({ port: 0, home: home ?? 'unused', ephemeral: home === undefined });
  const clients: SSMClient[] = [];
  const clientOf: TrialSsm['clientOf'] = (credentials) => {
    const client = new SSMClient({
      region,
      endpoint: running.origin,
      maxAttempts: 1,
      credentials,
    });
    clients.push(client);
    return client;
  };
  return {
    running,
    ssm: clientOf({ accessKeyId: account, secretAccessKey: 'x' }),
    clientOf,
    stop: async () => {
      for (const client of clients) client.destroy();
      await running.stop();
    },
  };
}
