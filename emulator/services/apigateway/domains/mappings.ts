import type { Scope } from '../../../service/call.ts';
import type { ApiGatewayOperations } from '../client.ts';
import { badRequest, conflict, noSuch } from '../../../gateway/failures.ts';
import { pageOf } from '../../../gateway/paging.ts';
import { patched } from '../patch/patch.ts';
import { namingThePath } from '../patch/refusals.ts';
import type { PatchTable } from '../patch/rules.ts';
import type { ApiStore } from '../store/store.ts';
import { NO_PATH, type DomainStore, type MappingRow } from './domain-store.ts';

/** `CreateBasePathMapping`, `GetBasePathMapping(s)`, `UpdateBasePathMapping`, `DeleteBasePathMapping`. */
export function mappingOperations(store: DomainStore, apis: ApiStore) {
  const check = (scope: Scope, { restApiId, stage, basePath }: MappingRow): void => {
    if (apis.api(scope, restApiId) === undefined) throw badRequest('Invalid REST API identifier specified');
    if (stage !== undefined && apis.stage(scope, restApiId, stage) === undefined)
      throw badRequest('Invalid stage identifier specified');
    if (basePath !== NO_PATH && !/^[\w\-.+!*'()/$]+$/.test(basePath))
      throw badRequest('Invalid base path specified');
  };
  /** @throws NotFoundException */
  const named = (scope: Scope, domainName: string | undefined, basePath: string | undefined): MappingRow => {
    const domain = store.named(scope, domainName);
    const mapping = store.mappings.get(scope, domain.domainName, pathOf(basePath));
    if (mapping === undefined) throw noSuch('base path mapping');
    return mapping;
  };
  return {
    CreateBasePathMapping({ domainName, basePath, restApiId = '', stage }, call) {
      const domain = store.named(call, domainName);
      const mapping: MappingRow = {
        basePath: pathOf(basePath),
        restApiId,
        ...(stage !== undefined && stage !== '' && { stage }),
      };
      check(call, mapping);
      if (store.mappings.has(call, domain.domainName, mapping.basePath))
        throw conflict('Base path already exists for this domain name');
      store.mappings.set(call, domain.domainName, mapping.basePath, mapping);
      return shown(mapping);
    },
    GetBasePathMapping({ domainName, basePath }, call) {
      return shown(named(call, domainName, basePath));
    },
    GetBasePathMappings({ domainName, ...page }, call) {
      const domain = store.named(call, domainName);
      const all = store.mappings.all(call, domain.domainName).map(shown);
      return pageOf(all, (mapping) => mapping.basePath, page);
    },
    UpdateBasePathMapping({ domainName = '', basePath, patchOperations }, call) {
      const before = named(call, domainName, basePath);
      const after = patched(before, patchOperations, patches);
      check(call, after);
      const moved = after.basePath !== before.basePath;
      if (moved && store.mappings.has(call, domainName, after.basePath))
        throw conflict('Base path already exists for this domain name');
      if (moved) store.mappings.delete(call, domainName, before.basePath);
      store.mappings.set(call, domainName, after.basePath, after);
      return shown(after);
    },
    DeleteBasePathMapping({ domainName = '', basePath }, call) {
      store.mappings.delete(call, domainName, named(call, domainName, basePath).basePath);
      return {};
    },
  } satisfies ApiGatewayOperations;
}

/* Version two of the API has ids for mappings; this one has none. */
const shown = ({ basePath, restApiId, stage }: MappingRow) => ({
  basePath,
  restApiId,
  ...(stage !== undefined && { stage }),
});

const pathOf = (basePath: string | undefined): string =>
  basePath === undefined || basePath === '' ? NO_PATH : basePath;

/** https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html#UpdateBasePathMapping-Patch */
const patches: PatchTable<MappingRow> = {
  refuse: namingThePath,
  rules: [
    { path: '/basePath', replace: (target, { value }) => ({ ...target, basePath: pathOf(value) }) },
    {
      path: '/stage',
      replace: (target, { value }) => ({ ...target, stage: value === '' ? undefined : value }),
    },
    ...['/restapiId', '/restApiId'].map((path) => ({
      path,
      replace: (target: MappingRow, { value = '' }: { value: string | undefined }): MappingRow => ({
        ...target,
        restApiId: value,
      }),
    })),
  ],
};
