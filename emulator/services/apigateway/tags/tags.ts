import type { Scope } from '../../../service/call.ts';
import type { Stores } from '../catalogue.ts';
import type { ApiGatewayOperations } from '../client.ts';
import { badRequest, noSuch } from '../../../gateway/failures.ts';
import type { Tags } from '../../../gateway/tags.ts';
import { checkTags } from '../../../gateway/tags.ts';

/** Something that can have tags. */
interface Tagged {
  readonly tags: Tags | undefined;
  set(tags: Tags): void;
}

/** Tags of APIs, stages, keys, usage plans and domain names, by ARN. */
export function tagOperations(stores: Stores) {
  return {
    TagResource({ resourceArn, tags = {} }, call) {
      const resource = tagged(stores, call, resourceArn);
      resource.set(checkTags(call, tags, resource.tags));
      return {};
    },
    UntagResource({ resourceArn, tagKeys = [] }, call) {
      const resource = tagged(stores, call, resourceArn);
      const left = Object.entries(resource.tags ?? {}).filter(([key]) => !tagKeys.includes(key));
      resource.set(Object.fromEntries(left));
      return {};
    },
    GetTags({ resourceArn }, call) {
      return { tags: { ...tagged(stores, call, resourceArn).tags } };
    },
  } satisfies ApiGatewayOperations;
}

/** @throws NotFoundException, BadRequestException */
function tagged(
  { apis, keys, plans, domains }: Stores,
  scope: Scope,
  resourceArn: string | undefined = '',
): Tagged {
  const path = pathOf(decoded(resourceArn), scope);
  const [kind, id = '', inner, name = '', ...more] = path.split('/');
  if (more.length === 0 && kind === 'restapis' && inner === undefined) {
    const row = apis.named(scope, id);
    return {
      tags: row.details.tags,
      set: (tags) => apis.setApi(scope, { ...row, details: { ...row.details, tags } }),
    };
  }
  if (more.length === 0 && kind === 'restapis' && inner === 'stages') {
    const { api } = apis.named(scope, id);
    const stage = apis.stageNamed(scope, api.apiId, name);
    return { tags: stage.tags, set: (tags) => apis.setStage(scope, api.apiId, { ...stage, tags }) };
  }
  if (inner === undefined && kind === 'apikeys') {
    const key = keys.named(scope, id);
    return { tags: key.tags, set: (tags) => keys.set(scope, { ...key, tags }) };
  }
  if (inner === undefined && kind === 'usageplans') {
    const plan = plans.named(scope, id);
    return { tags: plan.tags, set: (tags) => plans.set(scope, { ...plan, tags }) };
  }
  if (inner === undefined && kind === 'domainnames') {
    const domain = domains.named(scope, id);
    return { tags: domain.tags, set: (tags) => domains.set(scope, { ...domain, tags }) };
  }
  throw badRequest(`Tags are not supported for resource ${resourceArn}`);
}

/** Some tools encode an ARN that the wire then encodes again. */
function decoded(arn: string): string {
  return /%2f/i.test(arn) ? decodeURIComponent(arn) : arn;
}

/** `arn:aws:apigateway:us-east-1::/restapis/abc123` → `restapis/abc123` */
function pathOf(arn: string, { region }: Scope): string {
  const [, where, path] = /^arn:aws[\w-]*:apigateway:([\w-]+)::\/(.+)$/.exec(arn) ?? [];
  if (where === undefined || path === undefined) throw badRequest('Invalid ARN specified in the request');
  if (where !== region) throw noSuch('resource');
  return path;
}
