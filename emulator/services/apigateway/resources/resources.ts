import type { Resource } from '@aws-sdk/client-api-gateway';
import type { ApiGatewayOperations } from '../client.ts';
import type { ResourceDefinition } from '../definition/definition.ts';
import { badRequest } from '../../../gateway/failures.ts';
import { drawId } from '../../../gateway/ids.ts';
import { shownMethod } from '../methods/shown.ts';
import { pageOf } from '../../../gateway/paging.ts';
import { patched } from '../patch/patch.ts';
import { listingThePaths } from '../patch/refusals.ts';
import type { PatchTable } from '../patch/rules.ts';
import type { ApiStore } from '../store/store.ts';
import { checkPart, childrenOf, pathBelow, setWithPaths, subtree } from './paths.ts';

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html */
const MOST_RESOURCES = 300;

/** `CreateResource`, `GetResource(s)`, `UpdateResource`, `DeleteResource`. */
export function resourceOperations(store: ApiStore) {
  return {
    CreateResource({ restApiId = '', parentId, pathPart = '' }, call) {
      const parent = store.resource(call, restApiId, parentId);
      const all = store.resources.all(call, restApiId);
      checkPart(pathPart, parent, childrenOf(all, parent.id));
      if (all.length > MOST_RESOURCES)
        throw badRequest(
          'Maximum number of resources for this API has been reached. Please contact AWS if you need additional resources.',
        );
      const resource: ResourceDefinition = {
        id: drawId(6, (id) => store.resources.has(call, restApiId, id)),
        parentId: parent.id,
        pathPart,
        path: pathBelow(parent, pathPart),
        methods: {},
      };
      store.resources.set(call, restApiId, resource.id, resource);
      return shownResource(resource);
    },
    GetResource({ restApiId, resourceId, embed }, call) {
      return shownResource(store.resource(call, restApiId, resourceId), embed);
    },
    GetResources({ restApiId, embed, ...page }, call) {
      const { api } = store.named(call, restApiId);
      // Recorded: in the order of their paths.
      const sorted = store.resources
        .all(call, api.apiId)
        .sort((one, other) => (one.path < other.path ? -1 : one.path > other.path ? 1 : 0));
      const { items, position } = pageOf(sorted, ({ id }) => id, page);
      return { items: items.map((resource) => shownResource(resource, embed)), position };
    },
    UpdateResource({ restApiId = '', resourceId, patchOperations }, call) {
      const before = store.resource(call, restApiId, resourceId);
      const all = store.resources.all(call, restApiId);
      const parentOf = (id: string | undefined): ResourceDefinition => store.resource(call, restApiId, id);
      const after = patched(before, patchOperations, {
        refuse: listingThePaths,
        rules: [
          { path: '/parentId', replace: (target, { value }) => moved(target, parentOf(value), all) },
          { path: '/pathPart', replace: (target, { value }) => renamed(target, value ?? '', parentOf, all) },
        ],
      } satisfies PatchTable<ResourceDefinition>);
      if (after !== before) setWithPaths(store, call, restApiId, after);
      return shownResource(after);
    },
    DeleteResource({ restApiId = '', resourceId }, call) {
      const resource = store.resource(call, restApiId, resourceId);
      if (resource.parentId === undefined) throw badRequest('Cannot delete root resource.');
      for (const { id } of subtree(store.resources.all(call, restApiId), resource))
        store.resources.delete(call, restApiId, id);
      return {};
    },
  } satisfies ApiGatewayOperations;
}

function moved(
  resource: ResourceDefinition,
  parent: ResourceDefinition,
  all: readonly ResourceDefinition[],
): ResourceDefinition {
  if (resource.pathPart === undefined) throw badRequest('Root resource cannot update its parentId.');
  if (subtree(all, resource).some(({ id }) => id === parent.id))
    throw badRequest('Resources cannot be cyclical.');
  const siblings = childrenOf(all, parent.id).filter(({ id }) => id !== resource.id);
  checkPart(resource.pathPart, parent, siblings);
  return { ...resource, parentId: parent.id, path: pathBelow(parent, resource.pathPart) };
}

function renamed(
  resource: ResourceDefinition,
  pathPart: string,
  parentOf: (id: string | undefined) => ResourceDefinition,
  all: readonly ResourceDefinition[],
): ResourceDefinition {
  if (resource.parentId === undefined) throw badRequest('Root resource cannot update its pathPart.');
  const parent = parentOf(resource.parentId);
  const siblings = childrenOf(all, parent.id).filter(({ id }) => id !== resource.id);
  checkPart(pathPart, parent, siblings);
  return { ...resource, pathPart, path: pathBelow(parent, pathPart) };
}

/** Methods are there by name; in full where the caller asks to `embed` them. */
function shownResource(resource: ResourceDefinition, embed: readonly string[] = []): Resource {
  const { methods, ...own } = resource;
  const whole = embed.includes('methods');
  const shown = Object.entries(methods).map(
    ([name, method]) => [name, whole ? shownMethod(method) : {}] as const,
  );
  return { ...own, ...(shown.length > 0 && { resourceMethods: Object.fromEntries(shown) }) };
}
