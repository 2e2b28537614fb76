import type { Scope } from '../../../service/call.ts';
import type { ApiGatewayOperations } from '../client.ts';
import type { ValidatorDefinition } from '../definition/definition.ts';
import { badRequest, conflict, noSuch } from '../../../gateway/failures.ts';
import { drawId } from '../../../gateway/ids.ts';
import { pageOf } from '../../../gateway/paging.ts';
import { field, flag, without } from '../patch/fields.ts';
import { patched } from '../patch/patch.ts';
import { listingThePaths } from '../patch/refusals.ts';
import type { PatchTable } from '../patch/rules.ts';
import type { ApiRow } from '../store/rows.ts';
import type { ApiStore } from '../store/store.ts';

const readName = (value: string | undefined): string => {
  if (value === undefined || value.trim() === '') throw badRequest('Request Validator name cannot be blank');
  return value;
};

/** In the order in which the recorded refusal lists them. */
const patches: PatchTable<ValidatorDefinition> = {
  refuse: listingThePaths,
  rules: [
    field('/name', 'name', readName),
    field('/validateRequestParameters', 'validateRequestParameters', flag),
    field('/validateRequestBody', 'validateRequestBody', flag),
  ],
};

/** `CreateRequestValidator`, `GetRequestValidator(s)`, `UpdateRequestValidator`, `DeleteRequestValidator`. */
export function validatorOperations(store: ApiStore) {
  /** Recorded: of an API that is not there, the validator is told missing. @throws NotFoundException */
  const named = (
    scope: Scope,
    restApiId = '',
    id = '',
  ): { readonly row: ApiRow; readonly validator: ValidatorDefinition } => {
    const row = store.api(scope, restApiId);
    const validator = row?.api.requestValidators[id];
    if (row === undefined || validator === undefined) throw noSuch('Request Validator');
    return { row, validator };
  };
  const set = (scope: Scope, row: ApiRow, requestValidators: ApiRow['api']['requestValidators']): void =>
    store.setApi(scope, { ...row, api: { ...row.api, requestValidators } });

  return {
    CreateRequestValidator({ restApiId = '', name, ...what }, call) {
      const row = store.api(call, restApiId);
      if (row === undefined) throw badRequest('Invalid REST API identifier specified');
      const validator: ValidatorDefinition = {
        id: drawId(6, (id) => row.api.requestValidators[id] !== undefined),
        name: readName(name),
        validateRequestBody: what.validateRequestBody ?? false,
        validateRequestParameters: what.validateRequestParameters ?? false,
      };
      set(call, row, { ...row.api.requestValidators, [validator.id]: validator });
      return validator;
    },
    GetRequestValidator({ restApiId, requestValidatorId }, call) {
      return named(call, restApiId, requestValidatorId).validator;
    },
    GetRequestValidators({ restApiId, ...page }, call) {
      const { api } = store.named(call, restApiId);
      return pageOf(Object.values(api.requestValidators), ({ id }) => id, page);
    },
    UpdateRequestValidator({ restApiId, requestValidatorId, patchOperations }, call) {
      const { row, validator } = named(call, restApiId, requestValidatorId);
      const changed = patched(validator, patchOperations, patches);
      set(call, row, { ...row.api.requestValidators, [validator.id]: changed });
      return changed;
    },
    DeleteRequestValidator({ restApiId, requestValidatorId }, call) {
      const { row, validator } = named(call, restApiId, requestValidatorId);
      for (const { path, methods } of store.resources.all(call, row.api.apiId))
        for (const [method, { requestValidatorId: used }] of Object.entries(methods))
          if (used === validator.id)
            throw conflict(
              `Cannot delete validator '${validator.id}', is referenced in method request: ${path}/${method}`,
            );
      set(call, row, without(row.api.requestValidators, validator.id));
      return {};
    },
  } satisfies ApiGatewayOperations;
}
