import { badRequest, noSuch } from '../../../gateway/failures.ts';
import { checkTags, type Tags } from '../../../gateway/tags.ts';
import type { Scope } from '../../../service/call.ts';
import type { ApiGatewayV2Operations } from '../client.ts';
import type { ApiStore } from '../store/store.ts';
import { linkNamed } from '../vpc-links/vpc-links.ts';
import type { VpcLinkStore } from '../vpc-links/vpc-link-store.ts';

/** Something that can have tags. */
interface Tagged {
  readonly tags: Tags | undefined;
  set(tags: Tags): void;
}

/** `TagResource`, `UntagResource`, `GetTags`: of APIs, stages and VPC links, by ARN. */
export function tagOperations(apis: ApiStore, links: VpcLinkStore) {
  return {
    TagResource({ ResourceArn, Tags = {} }, call) {
      const resource = tagged(apis, links, call, ResourceArn);
      resource.set(checkTags(call, Tags, resource.tags));
      return {};
    },
    UntagResource({ ResourceArn, TagKeys = [] }, call) {
      const resource = tagged(apis, links, call, ResourceArn);
      const left = Object.entries(resource.tags ?? {}).filter(([key]) => !TagKeys.includes(key));
      resource.set(Object.fromEntries(left));
      return {};
    },
    GetTags({ ResourceArn }, call) {
      return { Tags: { ...tagged(apis, links, call, ResourceArn).tags } };
    },
  } satisfies ApiGatewayV2Operations;
}

/** @throws NotFoundException, BadRequestException */
function tagged(apis: ApiStore, links: VpcLinkStore, scope: Scope, arn = ''): Tagged {
  const [kind, id = '', inner, name = '', more] = pathOf(arn, scope).split('/');
  if (kind === 'apis' && inner === undefined) {
    const { api, details } = apis.named(scope, id);
    return {
      tags: details.Tags,
      set: (tags) => apis.setApi(scope, { api, details: { ...details, Tags: { ...tags } } }),
    };
  }
  if (kind === 'apis' && inner === 'stages' && more === undefined) {
    const stage = apis.stageNamed(scope, id, name);
    return { tags: stage.Tags, set: (tags) => apis.setStage(scope, id, { ...stage, Tags: { ...tags } }) };
  }
  if (kind === 'vpclinks' && inner === undefined) {
    const link = linkNamed(links, scope, id);
    return { tags: link.Tags, set: (tags) => links.set(scope, { ...link, Tags: { ...tags } }) };
  }
  throw badRequest(`Tags are not supported for resource ${arn}`);
}

/** `arn:aws:apigateway:us-east-1::/apis/abc123` → `apis/abc123` */
function pathOf(arn: string, { region }: Scope): string {
  const plain = /%2f/i.test(arn) ? decodeURIComponent(arn) : arn;
  const [, where, path] = /^arn:aws[\w-]*:apigateway:([\w-]+)::\/(.+)$/.exec(plain) ?? [];
  if (where === undefined || path === undefined) throw badRequest('Invalid ARN specified in the request');
  if (where !== region) throw noSuch('resource');
  return path;
}
