import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../../state/state.ts';
import { coerced } from '../schema/coerced.ts';
import { types } from '../types.ts';
import { trialStack } from './trial-stack.ts';

const hash = [{ AttributeName: 'id', KeyType: 'HASH' }];
const made: readonly [type: string, properties: Readonly<Record<string, Json>>][] = [
  ['AWS::S3::Bucket', {}],
  ['AWS::SQS::Queue', {}],
  ['AWS::SNS::Topic', {}],
  [
    'AWS::DynamoDB::Table',
    {
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: hash,
      BillingMode: 'PAY_PER_REQUEST',
    },
  ],
  ['AWS::Kinesis::Stream', { ShardCount: 1 }],
  ['AWS::Events::Rule', { EventPattern: { source: ['x'] } }],
  ['AWS::Events::EventBus', { Name: 'shop' }],
  ['AWS::Scheduler::ScheduleGroup', {}],
  ['AWS::CloudWatch::CompositeAlarm', { AlarmRule: 'FALSE' }],
  ['AWS::CloudWatch::Dashboard', { DashboardBody: '{}' }],
  ['AWS::SSM::Parameter', { Type: 'String', Value: 'v' }],
];

describe('what an attempt has made when the cloud ends in the middle', () => {
  it('is found by the next, with the same token, and removed', async () => {
    const home = mkdtempSync(join(tmpdir(), 'coldstart-resources-'));
    try {
      const before = await trialStack(home);
      const ids: string[] = [];
      for (const [type, properties] of made) {
        const adapter = types[type];
        const one = await adapter?.create(coerced(type, properties), before.work(type.replaceAll(':', '')));
        ids.push(one?.id ?? `no ${type}`);
      }
      await before.stop();
      const after = await trialStack(home);
      try {
        for (const [at, [type, properties]] of made.entries()) {
          const adapter = types[type];
          const cast = coerced(type, properties);
          const work = after.work(type.replaceAll(':', ''));
          const found =
            adapter?.find === undefined
              ? adapter?.nameOf?.(cast, work)
              : (await adapter.find(cast, work))?.id;
          // A queue's address has the port in it, which is another one now.
          const name = (id = ''): string => id.replace(/^http:\/\/[^/]+/, '');
          expect([type, name(found)]).toEqual([type, name(ids[at])]);
          const kept = { id: found ?? '', attributes: {}, properties: cast };
          await adapter?.delete(kept, work);
          expect([type, await adapter?.read?.(kept, work)]).toEqual([type, undefined]);
        }
      } finally {
        await after.stop();
      }
    } finally {
      rmSync(home, { recursive: true, force: true });
    }
  });
});
