import type { ApiMapping } from '@aws-sdk/client-apigatewayv2';
import { createHash } from 'node:crypto';
import { badRequest, conflict, notFound } from '../../../gateway/failures.ts';
import { drawId } from '../../../gateway/ids.ts';
import type { Scope } from '../../../service/call.ts';
import { NO_PATH, type DomainStore, type MappingRow } from '../../apigateway/domains/domain-store.ts';
import { changed } from '../changes.ts';
import type { ApiGatewayV2Operations } from '../client.ts';
import { itemsOf } from '../paging.ts';

/**
 * `CreateApiMapping`, `GetApiMapping(s)`, `UpdateApiMapping`, `DeleteApiMapping`: the base paths of version one.
 * @param domains loaded at the first use
 * @param hasStage whether an API of any kind has a stage
 */
export function mappingOperations(
  domains: () => Promise<DomainStore>,
  hasStage: (scope: Scope, apiId: string, stageName: string) => Promise<boolean>,
) {
  const check = async (scope: Scope, { restApiId, stage = '', basePath }: MappingRow): Promise<void> => {
    if (!(await hasStage(scope, restApiId, stage))) throw notFound('Invalid stage identifier specified');
    if (basePath !== NO_PATH && !/^[\w\-.+!*'()/$]+$/.test(basePath))
      throw badRequest('Invalid API mapping key specified');
  };
  /** @throws NotFoundException */
  const named = (store: DomainStore, scope: Scope, domainName = '', id = ''): MappingRow => {
    const domain = store.named(scope, domainName);
    const mapping = store.mappings.all(scope, domain.domainName).find((one) => idOf(one) === id);
    if (mapping === undefined) throw notFound(`Invalid ApiMapping identifier specified ${id}`);
    return mapping;
  };
  const free = (store: DomainStore, scope: Scope, domainName: string, basePath: string): void => {
    if (store.mappings.has(scope, domainName, basePath))
      throw conflict('ApiMapping key already exists for this domain name');
  };
  return {
    async CreateApiMapping({ DomainName = '', ApiId = '', ApiMappingKey, Stage = '' }, call) {
      const store = await domains();
      store.named(call, DomainName);
      const mapping: MappingRow = {
        basePath: pathOf(ApiMappingKey),
        restApiId: ApiId,
        stage: Stage,
        apiMappingId: drawId(6, () => false),
      };
      await check(call, mapping);
      free(store, call, DomainName, mapping.basePath);
      store.mappings.set(call, DomainName, mapping.basePath, mapping);
      return shown(mapping);
    },
    async GetApiMapping({ DomainName, ApiMappingId }, call) {
      return shown(named(await domains(), call, DomainName, ApiMappingId));
    },
    async GetApiMappings({ DomainName, ...page }, call) {
      const store = await domains();
      const { domainName } = store.named(call, DomainName);
      return itemsOf(store.mappings.all(call, domainName), idOf, shown, page);
    },
    async UpdateApiMapping({ DomainName = '', ApiMappingId, ApiId, ApiMappingKey, Stage }, call) {
      const store = await domains();
      const before = named(store, call, DomainName, ApiMappingId);
      const after = changed(before, {
        restApiId: ApiId,
        stage: Stage,
        apiMappingId: idOf(before),
        ...(ApiMappingKey !== undefined && { basePath: pathOf(ApiMappingKey) }),
      });
      await check(call, after);
      if (after.basePath !== before.basePath) {
        free(store, call, DomainName, after.basePath);
        store.mappings.delete(call, DomainName, before.basePath);
      }
      store.mappings.set(call, DomainName, after.basePath, after);
      return shown(after);
    },
    async DeleteApiMapping({ DomainName = '', ApiMappingId }, call) {
      const store = await domains();
      const { basePath } = named(store, call, DomainName, ApiMappingId);
      store.mappings.delete(call, DomainName, basePath);
      return {};
    },
  } satisfies ApiGatewayV2Operations;
}

const pathOf = (key: string | undefined): string => (key === undefined || key === '' ? NO_PATH : key);

/* One that version one made has no id of its own. */
const idOf = ({ apiMappingId, basePath }: MappingRow): string =>
  apiMappingId ?? createHash('md5').update(basePath).digest('hex').slice(0, 6);

function shown(mapping: MappingRow): ApiMapping & { ApiId: string; Stage: string } {
  const { restApiId, basePath, stage = '' } = mapping;
  return {
    ApiId: restApiId,
    ApiMappingId: idOf(mapping),
    ApiMappingKey: basePath === NO_PATH ? '' : basePath,
    Stage: stage,
  };
}
