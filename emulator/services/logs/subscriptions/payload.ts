import { gzipSync } from 'node:zlib';
import type { DeliveryRow } from './rows.ts';

/** What a destination gets: gzipped JSON. CloudWatch Logs User Guide, "Subscription filters". */
export function subscriptionData(owner: string, { group, filter, stream, events }: DeliveryRow): Buffer {
  return gzipSync(
    JSON.stringify({
      messageType: 'DATA_MESSAGE',
      owner,
      logGroup: group,
      logStream: stream,
      subscriptionFilters: [filter],
      logEvents: events,
    }),
  );
}

/** The event of a Lambda function: the same, as base64. */
export function lambdaEvent(owner: string, row: DeliveryRow): Uint8Array {
  return new TextEncoder().encode(
    JSON.stringify({ awslogs: { data: subscriptionData(owner, row).toString('base64') } }),
  );
}
