import { badRequest, conflict, notFound } from '../../../gateway/failures.ts';
import { drawId } from '../../../gateway/ids.ts';
import { checkSchema, modelOf } from '../../../gateway/models/schema.ts';
import { sampleTemplate } from '../../../gateway/models/template.ts';
import { said } from '../../../gateway/openapi/document.ts';
import type { Scope } from '../../../service/call.ts';
import { changed, without } from '../changes.ts';
import type { ApiGatewayV2Operations } from '../client.ts';
import type { ModelDefinition } from '../definition/definition.ts';
import { autoDeploy } from '../deployments/auto-deploy.ts';
import { itemsOf } from '../paging.ts';
import type { ApiRow } from '../store/rows.ts';
import type { ApiStore } from '../store/store.ts';

/** `CreateModel`, `GetModel(s)`, `GetModelTemplate`, `UpdateModel`, `DeleteModel`. */
export function modelOperations(store: ApiStore) {
  /** @throws NotFoundException */
  const named = ({ api: { models } }: ApiRow, id = ''): ModelDefinition => {
    const model = Object.hasOwn(models, id) ? models[id] : undefined;
    if (model === undefined) throw notFound(`Invalid Model identifier specified ${id}`);
    return model;
  };
  const keep = (scope: Scope, { api, details }: ApiRow, models: ApiRow['api']['models']): void => {
    store.setApi(scope, { api: { ...api, models }, details });
    autoDeploy(store, scope, api.apiId);
  };
  const check = (
    { api: { models } }: ApiRow,
    { ModelId, Name, Schema, ContentType }: ModelDefinition,
  ): void => {
    if (!/^[a-zA-Z0-9]+$/.test(Name)) throw badRequest(`Model name must be alphanumeric: ${Name}`);
    if (Object.values(models).some((one) => one.Name === Name && one.ModelId !== ModelId))
      throw conflict('Model name already exists for this API');
    checkSchema(Schema, ContentType);
  };
  return {
    CreateModel({ ApiId, ...given }, call) {
      const row = store.named(call, ApiId);
      const { models } = row.api;
      const model: ModelDefinition = {
        ContentType: 'application/json',
        ...said(given),
        Name: given.Name ?? '',
        Schema: given.Schema ?? '',
        ModelId: drawId(6, (id) => Object.hasOwn(models, id)),
      };
      check(row, model);
      keep(call, row, { ...models, [model.ModelId]: model });
      return model;
    },
    GetModel({ ApiId, ModelId }, call) {
      return named(store.named(call, ApiId), ModelId);
    },
    GetModels({ ApiId, ...page }, call) {
      const all = Object.values(store.named(call, ApiId).api.models);
      return itemsOf(
        all,
        (one) => one.ModelId,
        (one) => one,
        page,
      );
    },
    GetModelTemplate({ ApiId, ModelId }, call) {
      const row = store.named(call, ApiId);
      const all = Object.values(row.api.models);
      const Value = sampleTemplate(
        named(row, ModelId).Schema,
        (reference) => all.find(({ Name }) => Name === modelOf(reference))?.Schema,
      );
      return { Value };
    },
    UpdateModel({ ApiId, ModelId, ...given }, call) {
      const row = store.named(call, ApiId);
      const model = changed<ModelDefinition>(named(row, ModelId), given);
      check(row, model);
      keep(call, row, { ...row.api.models, [model.ModelId]: model });
      return model;
    },
    DeleteModel({ ApiId, ModelId }, call) {
      const row = store.named(call, ApiId);
      const { ModelId: id } = named(row, ModelId);
      keep(call, row, without(row.api.models, id));
      return {};
    },
  } satisfies ApiGatewayV2Operations;
}
