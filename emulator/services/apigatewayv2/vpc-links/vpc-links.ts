import type { VpcLink } from '@aws-sdk/client-apigatewayv2';
import { badRequest, conflict, notFound } from '../../../gateway/failures.ts';
import { drawId } from '../../../gateway/ids.ts';
import { checkTags, type Tags } from '../../../gateway/tags.ts';
import type { Scope } from '../../../service/call.ts';
import { changed } from '../changes.ts';
import type { ApiGatewayV2Operations } from '../client.ts';
import { itemsOf } from '../paging.ts';
import type { VpcLinkRow, VpcLinkStore } from './vpc-link-store.ts';

/** `CreateVpcLink`, `GetVpcLink(s)`, `UpdateVpcLink`, `DeleteVpcLink`: kept and shown; there is no VPC here. */
export function vpcLinkOperations(store: VpcLinkStore, isUsed: (scope: Scope, id: string) => boolean) {
  return {
    CreateVpcLink({ Name = '', SecurityGroupIds = [], SubnetIds = [], Tags }, call) {
      if (Name === '' || Name.length > 128) throw badRequest('Invalid vpc link name specified');
      if (SubnetIds.length === 0) throw badRequest('SubnetIds for a vpc link cannot be empty');
      const link: VpcLinkRow = {
        Name,
        SecurityGroupIds,
        SubnetIds,
        VpcLinkId: drawId(6, (id) => store.has(call, id)),
        VpcLinkStatus: 'AVAILABLE',
        VpcLinkStatusMessage: 'VPC link is ready to route traffic',
        VpcLinkVersion: 'V2',
        ...(Tags !== undefined && { Tags: checkTags(call, Tags) }),
        createdAt: store.cloud.clock.now(),
      };
      store.set(call, link);
      return shown(link);
    },
    GetVpcLink({ VpcLinkId }, call) {
      return shown(linkNamed(store, call, VpcLinkId));
    },
    GetVpcLinks(page, call) {
      return itemsOf(store.all(call), ({ VpcLinkId }) => VpcLinkId, shown, page);
    },
    UpdateVpcLink({ VpcLinkId, Name }, call) {
      const link = changed(linkNamed(store, call, VpcLinkId), { Name });
      store.set(call, link);
      return shown(link);
    },
    DeleteVpcLink({ VpcLinkId }, call) {
      const { VpcLinkId: id } = linkNamed(store, call, VpcLinkId);
      if (isUsed(call, id)) throw conflict('Cannot delete vpc link. It is used by an integration.');
      store.delete(call, id);
      return {};
    },
  } satisfies ApiGatewayV2Operations;
}

/** @throws NotFoundException */
export function linkNamed(store: VpcLinkStore, scope: Scope, id = ''): VpcLinkRow {
  const link = store.get(scope, id);
  if (link === undefined) throw notFound(`Invalid VpcLink identifier specified ${id}`);
  return link;
}

function shown({ createdAt, Tags, ...own }: VpcLinkRow): VpcLink {
  const tags: Tags = Tags ?? {};
  return { ...own, CreatedDate: new Date(createdAt), Tags: { ...tags } };
}
