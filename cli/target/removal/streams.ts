import {
  DeleteStreamCommand,
  DescribeStreamSummaryCommand,
  waitUntilStreamNotExists,
  paginateListStreams,
} from '@aws-sdk/client-kinesis';
import { answers, ifThere, type Removal } from './removal.ts';

/** Seconds that a stream may take to go. */
const patience = 120;

/** A Kinesis stream with its records. It goes in its own time, so its end is waited for. */
export const removal: Removal = {
  async there(pool, name) {
    const kinesis = await pool.load('kinesis');
    return answers(kinesis.send(new DescribeStreamSummaryCommand({ StreamName: name })));
  },
  async remove(pool, name) {
    const client = await pool.load('kinesis');
    await ifThere(client.send(new DeleteStreamCommand({ StreamName: name, EnforceConsumerDeletion: true })));
    await waitUntilStreamNotExists(
      { client, maxWaitTime: patience, minDelay: 1, maxDelay: 3 },
      { StreamName: name },
    );
  },
  async *list(pool) {
    for await (const page of paginateListStreams({ client: await pool.load('kinesis') }, {}))
      yield* page.StreamNames ?? [];
  },
};
