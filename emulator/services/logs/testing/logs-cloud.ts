import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { Cloud } from '../../../cloud.ts';
import { startCloud } from '../../../start.ts';
import type { LogsPort } from '../port.ts';

export const scope = { account: '111111111111', region: 'us-east-1' };

/** The ARN of a log group in {@link scope}. */
export const arnOf = (group: string): string =>
  `arn:aws:logs:${scope.region}:${scope.account}:log-group:${group}`;

/** A cloud on a port of its own, and a client of its CloudWatch Logs. */
export interface LogsCloud {
  readonly origin: string;
  readonly client: CloudWatchLogsClient;
  readonly port: LogsPort;
  readonly cloud: Cloud;
  close(): Promise<void>;
}

/** @param home a folder that keeps the state; nothing is kept without one */
export async function openLogs(home?: string): Promise<LogsCloud> {
  const running = await startCloud({ port: 0, home: home ?? 'unused', ephemeral: home === undefined });
  const client = new CloudWatchLogsClient({
    endpoint: running.origin,
    region: scope.region,
    credentials: { accessKeyId: scope.account, secretAccessKey: 'test' },
    maxAttempts: 1,
    disableHostPrefix: true,
  });
  return {
    origin: running.origin,
    client,
    port: await running.cloud.port('logs'),
    cloud: running.cloud,
    close: async () => {
      client.destroy();
      await running.stop();
    },
  };
}
