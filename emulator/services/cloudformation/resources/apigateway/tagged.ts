import type { Json } from '../../../../state/state.ts';
import { retag } from '../gateway/tags.ts';
import type { ResourceWork } from '../resource-type.ts';

/**
 * Gives something of a REST API the tags that it is to have.
 * @param path for example `/restapis/abc123`
 * @param wanted as the template has them
 */
export async function retagAt(path: string, wanted: Json | undefined, work: ResourceWork): Promise<void> {
  const resourceArn = `arn:aws:apigateway:${work.scope.region}::${path}`;
  const { tags } = await work.call('apigateway', 'GetTags', { resourceArn });
  await retag(tags, wanted, work, {
    set: (set) => work.call('apigateway', 'TagResource', { resourceArn, tags: { ...set } }),
    remove: (tagKeys) => work.call('apigateway', 'UntagResource', { resourceArn, tagKeys }),
  });
}
