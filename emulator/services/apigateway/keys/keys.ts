import type { ApiKey } from '@aws-sdk/client-api-gateway';
import { withTags } from '../api/rest-apis.ts';
import { required } from '../../../service/required.ts';
import type { ApiGatewayOperations } from '../client.ts';
import { conflict } from '../../../gateway/failures.ts';
import { drawId, drawKeyValue } from '../../../gateway/ids.ts';
import { pageOf } from '../../../gateway/paging.ts';
import { field, flag, text } from '../patch/fields.ts';
import { patched } from '../patch/patch.ts';
import { listingThePaths } from '../patch/refusals.ts';
import type { PatchTable } from '../patch/rules.ts';
import type { PlanStore } from '../plans/plan-store.ts';
import { checkTags } from '../../../gateway/tags.ts';
import { checkKeyDescription, checkKeyName, checkKeyValue } from './check.ts';
import { importKeys } from './import.ts';
import type { KeyRow, KeyStore } from './key-store.ts';

/** `CreateApiKey`, `GetApiKey(s)`, `UpdateApiKey`, `DeleteApiKey`, `ImportApiKeys`. */
export function keyOperations(keys: KeyStore, plans: PlanStore) {
  return {
    CreateApiKey({ name, description, value = '', enabled = false, customerId, stageKeys = [], tags }, call) {
      checkKeyName(name);
      checkKeyDescription(description);
      if (value !== '') checkKeyValue(value);
      // Keys of equal values would be one key: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html
      if (value !== '' && keys.byValue(call, value) !== undefined) throw conflict('API Key already exists');
      const now = keys.cloud.clock.now();
      const key: KeyRow = {
        id: drawId(10, (id) => keys.get(call, id) !== undefined),
        value: value === '' ? drawKeyValue() : value,
        ...(name !== undefined && name !== '' && { name }),
        ...(description !== undefined && description !== '' && { description }),
        ...(customerId !== undefined && customerId !== '' && { customerId }),
        enabled,
        stageKeys: stageKeys.map(({ restApiId = '', stageName = '' }) => `${restApiId}/${stageName}`),
        ...(tags !== undefined && { tags: checkTags(call, tags) }),
        createdAt: now,
        updatedAt: now,
      };
      keys.set(call, key);
      return shownKey(key, true);
    },
    GetApiKey({ apiKey, includeValue }, call) {
      return withTags(shownKey(keys.named(call, apiKey), includeValue === true));
    },
    GetApiKeys({ nameQuery, customerId, includeValues, ...page }, call) {
      const wanted = keys
        .all(call)
        .filter(
          (key) =>
            (nameQuery === undefined || (key.name ?? '').startsWith(nameQuery)) &&
            (customerId === undefined || key.customerId === customerId),
        );
      const { items, position } = pageOf(wanted, ({ id }) => id, page);
      return { items: items.map((key) => shownKey(key, includeValues === true)), position };
    },
    UpdateApiKey({ apiKey, patchOperations }, call) {
      const changed = patched(keys.named(call, apiKey), patchOperations, patches);
      checkKeyName(changed.name);
      checkKeyDescription(changed.description);
      const key = { ...changed, updatedAt: keys.cloud.clock.now() };
      keys.set(call, key);
      return withTags(shownKey(key, false));
    },
    DeleteApiKey({ apiKey }, call) {
      const key = keys.named(call, apiKey);
      for (const { id } of plans.plansOf(call, key.id)) plans.removeKey(call, id, key.id);
      keys.delete(call, key);
      return {};
    },
    ImportApiKeys: ({ body, failOnWarnings }, call) =>
      importKeys(keys, plans, call, required(body, 'body'), failOnWarnings === true),
  } satisfies ApiGatewayOperations;
}

const stages = (key: KeyRow, stageKeys: readonly string[]): KeyRow => ({
  ...key,
  stageKeys: [...new Set(stageKeys)],
});

/** In the order in which the recorded refusal lists them. */
const patches: PatchTable<KeyRow> = {
  refuse: listingThePaths,
  rules: [
    field('/description', 'description', text),
    field('/enabled', 'enabled', flag),
    field('/name', 'name', text),
    field('/customerId', 'customerId', text),
    {
      path: '/stages',
      add: (key, { value = '' }) => stages(key, [...key.stageKeys, value]),
      remove: (key, { value }) =>
        stages(
          key,
          key.stageKeys.filter((stage) => stage !== value),
        ),
    },
  ],
};

/** A key as AWS shows it: its value only where it was just made or is asked for. */
function shownKey({ value, createdAt, updatedAt, tags, ...own }: KeyRow, withValue: boolean): ApiKey {
  return {
    ...own,
    ...(withValue && { value }),
    stageKeys: [...own.stageKeys],
    ...(tags !== undefined && Object.keys(tags).length > 0 && { tags }),
    createdDate: new Date(createdAt),
    lastUpdatedDate: new Date(updatedAt),
  };
}
