import {
  CreateStreamCommand,
  DescribeStreamSummaryCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  KinesisClient,
  type CreateStreamCommandInput,
  type GetShardIteratorCommandInput,
} from '@aws-sdk/client-kinesis';
import { expect } from 'vitest';
import { startCloud, type RunningCloud } from '../../../start.ts';

export const scope = { account: '111111111111', region: 'us-east-1' };

/** The ARN of a stream in {@link scope}. */
export const arnOf = (name: string): string => `arn:aws:kinesis:us-east-1:111111111111:stream/${name}`;

/** A running cloud with a client of Kinesis, for tests. */
export class TrialKinesis {
  readonly running: RunningCloud;
  readonly client: KinesisClient;

  private constructor(running: RunningCloud) {
    this.running = running;
    this.client = new KinesisClient({
      endpoint: running.origin,
      region: scope.region,
      credentials: { accessKeyId: scope.account, secretAccessKey: 'test' },
      maxAttempts: 1,
    });
  }

  /** @param home a folder that keeps the state; nothing is kept without one */
  static async start(home?: string): Promise<TrialKinesis> {
    const running = await startCloud({ port: 0, home: home ?? 'unused', ephemeral: home === undefined });
    return new TrialKinesis(running);
  }

  /** Makes a stream and waits until it is active. */
  async stream(
    StreamName: string,
    ShardCount = 1,
    more: Partial<CreateStreamCommandInput> = {},
  ): Promise<string> {
    await this.client.send(new CreateStreamCommand({ StreamName, ShardCount, ...more }));
    await this.settled(StreamName);
    return StreamName;
  }

  async settled(StreamName: string): Promise<void> {
    await this.running.cloud.clock.advance(1_000);
    const { StreamDescriptionSummary: found } = await this.client.send(
      new DescribeStreamSummaryCommand({ StreamName }),
    );
    expect(found?.StreamStatus).toBe('ACTIVE');
  }

  async iterator(
    StreamName: string,
    more: Partial<GetShardIteratorCommandInput> = {},
  ): Promise<string | undefined> {
    const { ShardIterator } = await this.client.send(
      new GetShardIteratorCommand({
        StreamName,
        ShardId: 'shardId-000000000000',
        ShardIteratorType: 'TRIM_HORIZON',
        ...more,
      }),
    );
    return ShardIterator;
  }

  /** The data of all records from an iterator on. */
  async read(ShardIterator: string | undefined): Promise<string[]> {
    const { Records = [] } = await this.client.send(new GetRecordsCommand({ ShardIterator }));
    return Records.map(({ Data }) => Buffer.from(Data ?? []).toString());
  }

  async stop(): Promise<void> {
    this.client.destroy();
    await this.running.stop();
  }
}
