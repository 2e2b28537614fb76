import type { DocumentationPart } from '@aws-sdk/client-api-gateway';
import type { Scope } from '../../../service/call.ts';
import type { ApiGatewayOperations } from '../client.ts';
import { badRequest, conflict, noSuch } from '../../../gateway/failures.ts';
import { drawId } from '../../../gateway/ids.ts';
import { pageOf } from '../../../gateway/paging.ts';
import { field } from '../patch/fields.ts';
import { patched } from '../patch/patch.ts';
import { listingThePaths } from '../patch/refusals.ts';
import type { ApiStore } from '../store/store.ts';
import type { DocumentationStore, PartRow } from './documentation-store.ts';
import { isSameLocation } from './location.ts';

/** `CreateDocumentationPart`, `GetDocumentationPart(s)`, `UpdateDocumentationPart`, `DeleteDocumentationPart`. */
export function partOperations(apis: ApiStore, documentation: DocumentationStore) {
  const { parts } = documentation;
  /** Recorded: of an API that is not there, the part is told missing. @throws NotFoundException */
  const named = (scope: Scope, apiId: string | undefined = '', id: string | undefined = ''): PartRow => {
    const part = parts.get(scope, apiId, id);
    if (part === undefined) throw noSuch('Documentation part');
    return part;
  };
  return {
    CreateDocumentationPart({ restApiId, location = { type: undefined }, properties }, call) {
      const { api } = apis.named(call, restApiId);
      const read = readProperties(properties);
      if (parts.all(call, api.apiId).some((part) => isSameLocation(part.location, location)))
        throw conflict('Documentation part already exists for the specified location');
      const part: PartRow = {
        id: drawId(6, (id) => parts.has(call, api.apiId, id)),
        location,
        properties: read,
      };
      parts.set(call, api.apiId, part.id, part);
      return shown(part);
    },
    GetDocumentationPart({ restApiId, documentationPartId }, call) {
      return shown(named(call, restApiId, documentationPartId));
    },
    GetDocumentationParts({ restApiId, type, nameQuery, path, ...page }, call) {
      const { api } = apis.named(call, restApiId);
      const wanted = parts
        .all(call, api.apiId)
        .filter(
          ({ location }) =>
            (type === undefined || location.type === type) &&
            (nameQuery === undefined || (location.name ?? '').includes(nameQuery)) &&
            (path === undefined || location.path === path),
        );
      const { items, position } = pageOf(wanted, ({ id }) => id, page);
      return { items: items.map(shown), position };
    },
    UpdateDocumentationPart({ restApiId = '', documentationPartId, patchOperations }, call) {
      const part = patched(named(call, restApiId, documentationPartId), patchOperations, {
        refuse: listingThePaths,
        rules: [field<PartRow, 'properties'>('/properties', 'properties', readProperties)],
      });
      parts.set(call, restApiId, part.id, part);
      return shown(part);
    },
    DeleteDocumentationPart({ restApiId, documentationPartId }, call) {
      const { api } = apis.named(call, restApiId);
      parts.delete(call, api.apiId, named(call, api.apiId, documentationPartId).id);
      return {};
    },
  } satisfies ApiGatewayOperations;
}

function readProperties(properties: string | undefined): string {
  if (properties === undefined || properties === '')
    throw badRequest('Documentation part properties cannot be empty');
  try {
    const value: unknown = JSON.parse(properties);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return properties;
  } catch {
    // Answered below.
  }
  throw badRequest('Documentation part properties must be a JSON object');
}

const shown = ({ id, location, properties }: PartRow): DocumentationPart => ({ id, location, properties });
