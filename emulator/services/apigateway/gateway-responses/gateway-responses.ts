import type { GatewayResponse, GatewayResponseType } from '@aws-sdk/client-api-gateway';
import type { Call } from '../../../service/call.ts';
import { required } from '../../../service/required.ts';
import type { ApiGatewayOperations } from '../client.ts';
import type { GatewayResponseDefinition } from '../definition/definition.ts';
import { badRequest, notFound } from '../../../gateway/failures.ts';
import { isContentType, noContentType, noParameter } from '../methods/parameters.ts';
import { pageOf } from '../../../gateway/paging.ts';
import { without } from '../patch/fields.ts';
import { patched } from '../patch/patch.ts';
import { namingThePath } from '../patch/refusals.ts';
import type { Change, PatchTable } from '../patch/rules.ts';
import { DEFAULT_TEMPLATES, GATEWAY_RESPONSES, GATEWAY_RESPONSE_TYPES } from '../responses/types.ts';
import type { ApiRow } from '../store/rows.ts';
import type { ApiStore } from '../store/store.ts';

/** `PutGatewayResponse`, `GetGatewayResponse(s)`, `UpdateGatewayResponse`, `DeleteGatewayResponse`. */
export function gatewayResponseOperations(store: ApiStore) {
  const set = (call: Call, row: ApiRow, response: GatewayResponseDefinition): GatewayResponse => {
    const gatewayResponses = { ...row.api.gatewayResponses, [response.responseType]: response };
    const changed = { ...row, api: { ...row.api, gatewayResponses } };
    store.setApi(call, changed);
    return shown(changed, response.responseType);
  };
  return {
    PutGatewayResponse({ restApiId, responseType, statusCode, responseParameters, responseTemplates }, call) {
      const row = store.named(call, restApiId);
      const response: GatewayResponseDefinition = {
        responseType: required(responseType, 'responseType'),
        ...(statusCode !== undefined && { statusCode }),
        ...(responseParameters !== undefined && { responseParameters }),
        ...(responseTemplates !== undefined && { responseTemplates }),
      };
      check(response);
      return set(call, row, response);
    },
    GetGatewayResponse({ restApiId, responseType }, call) {
      return shown(store.named(call, restApiId), required(responseType, 'responseType'));
    },
    GetGatewayResponses({ restApiId, ...page }, call) {
      const row = store.named(call, restApiId);
      // Recorded: every type, in the order of their names; a page holds them all where none is asked for.
      const all = [...GATEWAY_RESPONSE_TYPES].sort().map((type) => shown(row, type));
      return pageOf(all, ({ responseType = '' }) => responseType, page);
    },
    UpdateGatewayResponse({ restApiId, responseType, patchOperations }, call) {
      const row = store.named(call, restApiId);
      const type = required(responseType, 'responseType');
      const response = patched(
        row.api.gatewayResponses[type] ?? { responseType: type },
        patchOperations,
        patches,
      );
      check(response);
      return set(call, row, response);
    },
    DeleteGatewayResponse({ restApiId, responseType }, call) {
      const row = store.named(call, restApiId);
      const type = required(responseType, 'responseType');
      if (row.api.gatewayResponses[type] === undefined)
        throw notFound('Gateway response type not defined on api');
      const gatewayResponses = without(row.api.gatewayResponses, type);
      store.setApi(call, { ...row, api: { ...row.api, gatewayResponses } });
      return {};
    },
  } satisfies ApiGatewayOperations;
}

/** Recorded: a type that was not put shows what its fallback was put to; one that was put shows AWS's own for the rest. */
function shown({ api }: ApiRow, responseType: GatewayResponseType): GatewayResponse {
  const own = api.gatewayResponses[responseType];
  const { status, fallback } = GATEWAY_RESPONSES[responseType];
  const told = own ?? (fallback === undefined ? undefined : api.gatewayResponses[fallback]);
  const statusCode = told?.statusCode ?? (status === undefined ? undefined : String(status));
  return {
    responseType,
    ...(statusCode !== undefined && { statusCode }),
    responseParameters: told?.responseParameters ?? {},
    responseTemplates: told?.responseTemplates ?? { ...DEFAULT_TEMPLATES },
    defaultResponse: own === undefined,
  };
}

const source =
  /^(method\.request\.(querystring|path|header|multivalueheader|multivaluequerystring)\.\S+|stageVariables\.\S+|context\.\S+|'.*')$/s;

/** @throws BadRequestException */
function check({ responseParameters = {}, responseTemplates = {} }: GatewayResponseDefinition): void {
  for (const [name, value] of Object.entries(responseParameters)) {
    if (!/^gatewayresponse\.header\.\S+$/.test(name))
      throw badRequest(`Invalid parameter name specified: ${name}`);
    if (!source.test(value)) throw badRequest(`Invalid mapping expression specified: ${value}`);
  }
  for (const type of Object.keys(responseTemplates))
    if (!isContentType(type)) throw badRequest(`Invalid content type specified: ${type}`);
}

type Maps = 'responseParameters' | 'responseTemplates';

/** What a map is before its first patch: AWS's template is there from the beginning. */
const mapOf = (target: GatewayResponseDefinition, map: Maps): Record<string, string> => ({
  ...(target[map] ?? (map === 'responseTemplates' ? DEFAULT_TEMPLATES : {})),
});

function mapRule(map: Maps, missing: () => Error) {
  const set = (target: GatewayResponseDefinition, { names, value }: Change): GatewayResponseDefinition => {
    if (value === undefined || value === '') throw badRequest(`Invalid null or empty value in ${map}`);
    return { ...target, [map]: { ...mapOf(target, map), [names['name'] ?? '']: value } };
  };
  const known = (target: GatewayResponseDefinition, { names }: Change): void => {
    if (!Object.hasOwn(mapOf(target, map), names['name'] ?? '')) throw missing();
  };
  return {
    path: `/${map}/{name}`,
    add: set,
    replace: (target: GatewayResponseDefinition, change: Change): GatewayResponseDefinition => {
      // Recorded: a value that is missing is told before a name that is.
      const changed = set(target, change);
      known(target, change);
      return changed;
    },
    remove: (target: GatewayResponseDefinition, change: Change): GatewayResponseDefinition => {
      known(target, change);
      return { ...target, [map]: without(mapOf(target, map), change.names['name'] ?? '') };
    },
  };
}

/** https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html#UpdateGatewayResponse-Patch */
const patches: PatchTable<GatewayResponseDefinition> = {
  refuse: namingThePath,
  rules: [
    {
      path: '/statusCode',
      replace: (target, { value = '' }) => {
        if (!/^[1-5]\d\d$/.test(value)) throw badRequest('Invalid statusCode specified');
        return { ...target, statusCode: value };
      },
    },
    mapRule('responseParameters', noParameter),
    mapRule('responseTemplates', noContentType),
  ],
};
