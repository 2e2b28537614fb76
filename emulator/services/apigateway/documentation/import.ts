import type { Scope } from '../../../service/call.ts';
import { ServiceFailure } from '../../../service/failure.ts';
import { required } from '../../../service/required.ts';
import type { ApiGatewayOperations } from '../client.ts';
import { badRequest } from '../../../gateway/failures.ts';
import { drawId } from '../../../gateway/ids.ts';
import { own, part, parts, readDocument, text } from '../../../gateway/openapi/document.ts';
import type { ApiStore } from '../store/store.ts';
import type { DocumentationStore, PartRow } from './documentation-store.ts';
import { isSameLocation } from './location.ts';

/** `ImportDocumentationParts`: those of a document's `x-amazon-apigateway-documentation`. */
export function documentationImport(apis: ApiStore, documentation: DocumentationStore) {
  return {
    ImportDocumentationParts({ restApiId, mode, body }, call) {
      const { api } = apis.named(call, restApiId);
      const found = readParts(required(body, 'body'));
      if (mode === 'overwrite') documentation.parts.clear(call, api.apiId);
      return { ids: keepParts(documentation, call, api.apiId, found) };
    },
  } satisfies ApiGatewayOperations;
}

/** What a document says of an API's parts. @throws BadRequestException in the recorded words */
export function readParts(body: Uint8Array): Omit<PartRow, 'id'>[] {
  try {
    const { root } = readDocument(body);
    const listed = parts(own(part(own(root, 'x-amazon-apigateway-documentation')), 'documentationParts'));
    return listed.map((one) => {
      const location = part(own(one, 'location'));
      return {
        location: {
          type: text(own(location, 'type')) as PartRow['location']['type'],
          ...Object.fromEntries(
            ['path', 'method', 'statusCode', 'name'].flatMap((name) => {
              const value = text(own(location, name));
              return value === undefined ? [] : [[name, value]];
            }),
          ),
        },
        properties: JSON.stringify(own(one, 'properties') ?? {}),
      };
    });
  } catch (error) {
    if (!(error instanceof ServiceFailure)) throw error;
    throw badRequest('Unable to build importer with provided input.');
  }
}

/** Keeps parts; one at a place that has one already takes its id. */
export function keepParts(
  { parts: rows }: DocumentationStore,
  scope: Scope,
  apiId: string,
  found: readonly Omit<PartRow, 'id'>[],
): string[] {
  return found.map((one) => {
    const before = rows.all(scope, apiId).find((row) => isSameLocation(row.location, one.location));
    const id = before?.id ?? drawId(6, (drawn) => rows.has(scope, apiId, drawn));
    rows.set(scope, apiId, id, { id, ...one });
    return id;
  });
}
