import type { Physical, ResourceType } from '../resource-type.ts';
import { ifThere } from '../translate/gone.ts';
import { text } from '../translate/shaped.ts';

/** `AWS::Logs::LogStream`. All changes of it make it anew. */
export const logStream: ResourceType = {
  nameOf: (properties, work) => text(properties['LogStreamName']) ?? work.name(512),

  async create(properties, work): Promise<Physical> {
    const id = text(properties['LogStreamName']) ?? work.name(512);
    const logGroupName = text(properties['LogGroupName']);
    await work.call('logs', 'CreateLogStream', { logGroupName, logStreamName: id });
    return { id, attributes: {} };
  },

  async delete({ id, properties }, work) {
    const logGroupName = text(properties['LogGroupName']);
    await ifThere(work.call('logs', 'DeleteLogStream', { logGroupName, logStreamName: id }));
  },

  async read({ id, properties }, work) {
    const logGroupName = text(properties['LogGroupName']);
    const asked = { logGroupName, logStreamNamePrefix: id, limit: 1 };
    const now = await ifThere(work.call('logs', 'DescribeLogStreams', asked));
    return now?.logStreams?.some(({ logStreamName }) => logStreamName === id) === true
      ? properties
      : undefined;
  },
};
