import type { Json } from '../../../../state/state.ts';
import { retag } from '../gateway/tags.ts';
import type { ResourceWork } from '../resource-type.ts';

/**
 * Gives something of an HTTP or WebSocket API the tags that it is to have.
 * @param path for example `/apis/abc123`
 * @param wanted as the template has them
 */
export async function retagAt(path: string, wanted: Json | undefined, work: ResourceWork): Promise<void> {
  const ResourceArn = `arn:aws:apigateway:${work.scope.region}::${path}`;
  const { Tags } = await work.call('apigatewayv2', 'GetTags', { ResourceArn });
  await retag(Tags, wanted, work, {
    set: (set) => work.call('apigatewayv2', 'TagResource', { ResourceArn, Tags: { ...set } }),
    remove: (TagKeys) => work.call('apigatewayv2', 'UntagResource', { ResourceArn, TagKeys }),
  });
}
