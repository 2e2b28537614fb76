import type { Scope } from '../../../service/call.ts';
import type { ApiGatewayOperations } from '../client.ts';
import type { ModelDefinition } from '../definition/definition.ts';
import { badRequest, conflict, notFound } from '../../../gateway/failures.ts';
import { drawId } from '../../../gateway/ids.ts';
import { pageOf } from '../../../gateway/paging.ts';
import { field, text, without } from '../patch/fields.ts';
import { patched } from '../patch/patch.ts';
import { listingThePaths } from '../patch/refusals.ts';
import type { ApiRow } from '../store/rows.ts';
import type { ApiStore } from '../store/store.ts';
import { checkSchema, flattened, modelOf } from '../../../gateway/models/schema.ts';
import { sampleTemplate } from '../../../gateway/models/template.ts';

/** `CreateModel`, `GetModel(s)`, `GetModelTemplate`, `UpdateModel`, `DeleteModel`. */
export function modelOperations(store: ApiStore) {
  /** Recorded: of an API that is not there, the model is told missing. @throws NotFoundException */
  const named = (
    scope: Scope,
    restApiId = '',
    name = '',
  ): { readonly row: ApiRow; readonly model: ModelDefinition } => {
    const row = store.api(scope, restApiId);
    const model = row !== undefined && Object.hasOwn(row.api.models, name) ? row.api.models[name] : undefined;
    if (row === undefined || model === undefined) throw notFound(`Invalid model name specified: ${name}`);
    return { row, model };
  };
  const set = (scope: Scope, row: ApiRow, models: ApiRow['api']['models']): void =>
    store.setApi(scope, { ...row, api: { ...row.api, models } });

  return {
    CreateModel({ restApiId, name = '', description, schema, contentType = '' }, call) {
      const row = store.named(call, restApiId);
      if (name === '') throw badRequest('Model name must be non-empty');
      if (!/^[a-zA-Z0-9]+$/.test(name)) throw badRequest(`Model name must be alphanumeric: ${name}`);
      const checked = checkSchema(schema, contentType);
      if (Object.hasOwn(row.api.models, name)) throw conflict('Model name already exists for this REST API');
      const model: ModelDefinition = {
        id: drawId(6, (id) => Object.values(row.api.models).some((known) => known.id === id)),
        name,
        ...(description !== undefined && { description }),
        schema: checked,
        contentType,
      };
      set(call, row, { ...row.api.models, [name]: model });
      return model;
    },
    GetModel({ restApiId, modelName, flatten }, call) {
      const { row, model } = named(call, restApiId, modelName);
      if (flatten !== true || model.schema === undefined || !/json/i.test(model.contentType)) return model;
      return { ...model, schema: flattened(model.schema, (name) => row.api.models[name]?.schema) };
    },
    GetModels({ restApiId, ...page }, call) {
      const { api } = store.named(call, restApiId);
      // Recorded: in the order of their names.
      const sorted = Object.values(api.models).sort((one, other) => (one.name < other.name ? -1 : 1));
      return pageOf(sorted, ({ name }) => name, page);
    },
    GetModelTemplate({ restApiId, modelName }, call) {
      const { row, model } = named(call, restApiId, modelName);
      return {
        value: sampleTemplate(
          model.schema ?? '{}',
          (reference) => row.api.models[modelOf(reference) ?? '']?.schema,
        ),
      };
    },
    UpdateModel({ restApiId, modelName, patchOperations }, call) {
      const { row, model } = named(call, restApiId, modelName);
      const changed = patched(model, patchOperations, {
        refuse: listingThePaths,
        rules: [
          field<ModelDefinition, 'description'>('/description', 'description', text),
          field<ModelDefinition, 'schema'>('/schema', 'schema', (value) =>
            checkSchema(value, model.contentType),
          ),
        ],
      });
      set(call, row, { ...row.api.models, [model.name]: changed });
      return changed;
    },
    DeleteModel({ restApiId, modelName }, call) {
      const { row, model } = named(call, restApiId, modelName);
      for (const { path, methods } of store.resources.all(call, row.api.apiId).reverse())
        for (const [method, { requestModels = {}, methodResponses }] of Object.entries(methods)) {
          const where = `${path}/${method}`;
          if (Object.values(requestModels).includes(model.name))
            throw conflict(`Cannot delete model '${model.name}', is referenced in method request: ${where}`);
          for (const { responseModels = {} } of Object.values(methodResponses))
            if (Object.values(responseModels).includes(model.name))
              throw conflict(
                `Cannot delete model '${model.name}', is referenced in method response: ${where}`,
              );
        }
      set(call, row, without(row.api.models, model.name));
      return {};
    },
  } satisfies ApiGatewayOperations;
}
