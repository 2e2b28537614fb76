import { fromOperations } from '../gateway/from-operations.ts';
import { isSame } from '../gateway/same.ts';
import { isMarked } from '../gateway/tags.ts';
import { picked, shaped, text } from '../translate/shaped.ts';
import { allTags, ownTags } from '../translate/tags.ts';
import type { CreateVpcLinkRequest } from '@aws-sdk/client-apigatewayv2';
import { listed } from './listed.ts';
import { retagAt } from './tagged.ts';
import { told } from './told.ts';

/**
 * `AWS::ApiGatewayV2::VpcLink`. `Ref` is the link's id.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-vpclink.html
 */
export const vpcLink = fromOperations({
  async create(properties, work) {
    const { VpcLinkId = '' } = await work.call('apigatewayv2', 'CreateVpcLink', {
      ...shaped<CreateVpcLinkRequest>(picked(properties, 'Name', 'SecurityGroupIds', 'SubnetIds')),
      Tags: { ...allTags(properties['Tags'], work) },
    });
    return { id: VpcLinkId, attributes: { VpcLinkId } };
  },
  async look({ id }, work) {
    const { Tags, ...now } = await work.call('apigatewayv2', 'GetVpcLink', { VpcLinkId: id });
    return { ...told(now), Tags: { ...ownTags(Tags, work) } };
  },
  async change({ id }, now, wanted, work) {
    const Name = text(wanted['Name']);
    if (!isSame(now['Name'], Name)) await work.call('apigatewayv2', 'UpdateVpcLink', { VpcLinkId: id, Name });
    await retagAt(`/vpclinks/${id}`, wanted['Tags'], work);
  },
  remove: ({ id }, work) => work.call('apigatewayv2', 'DeleteVpcLink', { VpcLinkId: id }),
  /** Not the link that this one replaces, which has the same marks: its networks are others. */
  async trace(properties, work) {
    const all = await listed((page) => work.call('apigatewayv2', 'GetVpcLinks', page));
    return all.find(
      ({ Tags, SubnetIds = [], SecurityGroupIds = [] }) =>
        isMarked(Tags, work) &&
        isSame(SubnetIds, properties['SubnetIds'] ?? []) &&
        isSame(SecurityGroupIds, properties['SecurityGroupIds'] ?? []),
    )?.VpcLinkId;
  },
});
