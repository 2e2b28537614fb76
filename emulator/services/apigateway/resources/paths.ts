import type { Scope } from '../../../service/call.ts';
import type { ResourceDefinition } from '../definition/definition.ts';
import { badRequest, conflict } from '../../../gateway/failures.ts';
import type { ApiStore } from '../store/store.ts';

/** Letters that AWS takes in a path part, as its own refusal lists them. */
const plain = /^[a-zA-Z0-9._\-:$]+$/;
const variable = /^\{[a-zA-Z0-9._\-:]+\+?\}$/;

const isVariable = (part: string): boolean => part.startsWith('{');
const isGreedy = (part: string): boolean => part.endsWith('+}');

/**
 * Whether a resource may have this part below this parent.
 * @param siblings the parent's other children
 * @throws BadRequestException, ConflictException in the recorded words
 */
export function checkPart(
  part: string,
  parent: ResourceDefinition,
  siblings: readonly ResourceDefinition[],
): void {
  if (!plain.test(part) && !variable.test(part))
    throw badRequest(
      "Resource's path part only allow a-zA-Z0-9._-: or a valid greedy path variable and curly braces at the beginning and the end.",
    );
  if (parent.pathPart !== undefined && isGreedy(parent.pathPart))
    throw badRequest(`Cannot create a child of a resource with a greedy path variable: ${parent.pathPart}`);
  for (const { pathPart = '' } of siblings) {
    if (pathPart === part)
      throw conflict(`Another resource with the same parent already has this name: ${part}`);
    // Recorded: beside {proxy+} no {child} may stand, but {child} may come later where the greedy one is another's.
    if (isVariable(part) && isVariable(pathPart) && isGreedy(part) === isGreedy(pathPart))
      throw badRequest(
        `A sibling (${pathPart}) of this resource already has a variable path part -- only one is allowed`,
      );
  }
}

export function childrenOf(
  resources: readonly ResourceDefinition[],
  parentId: string,
): readonly ResourceDefinition[] {
  return resources.filter((resource) => resource.parentId === parentId);
}

/** A resource and everything below it. */
export function subtree(
  resources: readonly ResourceDefinition[],
  top: ResourceDefinition,
): readonly ResourceDefinition[] {
  return [top, ...childrenOf(resources, top.id).flatMap((child) => subtree(resources, child))];
}

export function pathBelow(parent: ResourceDefinition, part: string): string {
  return `${parent.path === '/' ? '' : parent.path}/${part}`;
}

/** Writes a resource that was moved or renamed, and the paths of all below it. */
export function setWithPaths(
  store: ApiStore,
  scope: Scope,
  apiId: string,
  resource: ResourceDefinition,
): void {
  store.resources.set(scope, apiId, resource.id, resource);
  for (const child of childrenOf(store.resources.all(scope, apiId), resource.id))
    setWithPaths(store, scope, apiId, { ...child, path: pathBelow(resource, child.pathPart ?? '') });
}
