import type { DocumentationVersion } from '@aws-sdk/client-api-gateway';
import type { Scope } from '../../../service/call.ts';
import type { ApiGatewayOperations } from '../client.ts';
import { badRequest, conflict, noSuch } from '../../../gateway/failures.ts';
import { pageOf } from '../../../gateway/paging.ts';
import { field, text } from '../patch/fields.ts';
import { patched } from '../patch/patch.ts';
import { listingThePaths } from '../patch/refusals.ts';
import type { ApiStore } from '../store/store.ts';
import type { DocumentationStore, VersionRow } from './documentation-store.ts';

/** `CreateDocumentationVersion`, `GetDocumentationVersion(s)`, `UpdateDocumentationVersion`, `DeleteDocumentationVersion`. */
export function versionOperations(apis: ApiStore, { cloud, parts, versions }: DocumentationStore) {
  /** @throws NotFoundException */
  const named = (scope: Scope, apiId: string | undefined, version: string | undefined = ''): VersionRow => {
    const { api } = apis.named(scope, apiId);
    const row = versions.get(scope, api.apiId, version);
    if (row === undefined) throw noSuch('Documentation version');
    return row;
  };
  return {
    CreateDocumentationVersion({ restApiId, documentationVersion = '', stageName, description }, call) {
      const { api } = apis.named(call, restApiId);
      const all = parts.all(call, api.apiId);
      if (documentationVersion === '') throw badRequest('Documentation version cannot be empty');
      if (versions.has(call, api.apiId, documentationVersion))
        throw conflict('Documentation version already exists');
      if (all.length === 0) throw badRequest('No documentation parts exist for this API');
      const stage = stageName === undefined ? undefined : apis.stageNamed(call, api.apiId, stageName);
      const row: VersionRow = {
        version: documentationVersion,
        ...(description !== undefined && { description }),
        parts: all,
        createdAt: cloud.clock.now(),
      };
      versions.set(call, api.apiId, row.version, row);
      if (stage !== undefined)
        apis.setStage(call, api.apiId, { ...stage, documentationVersion, updatedAt: row.createdAt });
      return shown(row);
    },
    GetDocumentationVersion({ restApiId, documentationVersion }, call) {
      return shown(named(call, restApiId, documentationVersion));
    },
    GetDocumentationVersions({ restApiId, ...page }, call) {
      const { api } = apis.named(call, restApiId);
      const { items, position } = pageOf(versions.all(call, api.apiId), ({ version }) => version, page);
      return { items: items.map(shown), position };
    },
    UpdateDocumentationVersion({ restApiId = '', documentationVersion, patchOperations }, call) {
      const row = patched(named(call, restApiId, documentationVersion), patchOperations, {
        refuse: listingThePaths,
        rules: [field<VersionRow, 'description'>('/description', 'description', text)],
      });
      versions.set(call, restApiId, row.version, row);
      return shown(row);
    },
    DeleteDocumentationVersion({ restApiId = '', documentationVersion }, call) {
      const row = named(call, restApiId, documentationVersion);
      if (apis.stages(call, restApiId).some((stage) => stage.documentationVersion === row.version))
        throw badRequest('Cannot delete a documentation version that a stage is associated with');
      versions.delete(call, restApiId, row.version);
      return {};
    },
  } satisfies ApiGatewayOperations;
}

const shown = ({ version, description, createdAt }: VersionRow): DocumentationVersion => ({
  version,
  ...(description !== undefined && { description }),
  createdDate: new Date(createdAt),
});
