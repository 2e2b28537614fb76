import type { ApiGatewayOperations } from '../client.ts';
import type { IntegrationResponseDefinition, MethodResponseDefinition } from '../definition/definition.ts';
import { badRequest, conflict, noSuch } from '../../../gateway/failures.ts';
import { entry, field, flag, text, without } from '../patch/fields.ts';
import { patched } from '../patch/patch.ts';
import { namingThePath } from '../patch/refusals.ts';
import type { PatchTable } from '../patch/rules.ts';
import type { ApiStore } from '../store/store.ts';
import { findMethod, integrationOf, responseOf, type FoundMethod } from './find.ts';
import {
  checkIntegrationResponseParameters,
  checkResponseParameters,
  checkTemplates,
  knownEntry,
  noContentType,
  noParameter,
} from './parameters.ts';

/** The responses of methods and of integrations: put, get, update, delete. */
export function responseOperations(store: ApiStore) {
  const check = (response: MethodResponseDefinition, found: FoundMethod, account: string, region: string) => {
    checkResponseParameters(response.responseParameters);
    const { models } = store.named({ account, region }, found.apiId).api;
    for (const name of Object.values(response.responseModels ?? {}))
      if (!Object.hasOwn(models, name)) throw badRequest(`Invalid model identifier specified: ${name}`);
  };
  const setResponse = (found: FoundMethod, response: MethodResponseDefinition): void => {
    const methodResponses = { ...found.method.methodResponses, [response.statusCode]: response };
    found.set({ ...found.method, methodResponses });
  };
  const setIntegrationResponse = (found: FoundMethod, response: IntegrationResponseDefinition): void => {
    const integration = integrationOf(found);
    const integrationResponses = { ...integration.integrationResponses, [response.statusCode]: response };
    found.set({ ...found.method, integration: { ...integration, integrationResponses } });
  };
  return {
    PutMethodResponse({ statusCode = '', responseParameters, responseModels, ...name }, call) {
      const found = findMethod(store, call, name);
      if (Object.hasOwn(found.method.methodResponses, statusCode))
        throw conflict('Response already exists for this resource');
      const response: MethodResponseDefinition = {
        statusCode,
        ...(responseParameters !== undefined && { responseParameters }),
        ...(responseModels !== undefined && { responseModels }),
      };
      check(response, found, call.account, call.region);
      setResponse(found, response);
      return response;
    },
    GetMethodResponse({ statusCode, ...name }, call) {
      return responseOf(findMethod(store, call, name).method.methodResponses, statusCode);
    },
    UpdateMethodResponse({ statusCode, patchOperations, ...name }, call) {
      const found = findMethod(store, call, name);
      const before = responseOf(found.method.methodResponses, statusCode);
      const response = patched(before, patchOperations, responsePatches);
      check(response, found, call.account, call.region);
      setResponse(found, response);
      return response;
    },
    DeleteMethodResponse({ statusCode = '', ...name }, call) {
      const found = findMethod(store, call, name);
      responseOf(found.method.methodResponses, statusCode);
      found.set({ ...found.method, methodResponses: without(found.method.methodResponses, statusCode) });
      return {};
    },
    PutIntegrationResponse(input, call) {
      const found = findMethod(store, call, input);
      const {
        statusCode = '',
        selectionPattern,
        responseParameters,
        responseTemplates,
        contentHandling,
      } = input;
      const response: IntegrationResponseDefinition = {
        statusCode,
        ...(selectionPattern !== undefined && { selectionPattern }),
        ...(responseParameters !== undefined && { responseParameters }),
        ...(responseTemplates !== undefined && { responseTemplates }),
        ...(contentHandling !== undefined && { contentHandling }),
      };
      integrationOf(found);
      checkIntegrationResponse(response);
      setIntegrationResponse(found, response);
      return response;
    },
    GetIntegrationResponse({ statusCode, ...name }, call) {
      return responseOf(integrationOf(findMethod(store, call, name)).integrationResponses, statusCode);
    },
    UpdateIntegrationResponse({ statusCode, patchOperations, ...name }, call) {
      const found = findMethod(store, call, name);
      const before = responseOf(integrationOf(found).integrationResponses, statusCode);
      const response = patched(before, patchOperations, integrationResponsePatches);
      checkIntegrationResponse(response);
      setIntegrationResponse(found, response);
      return response;
    },
    DeleteIntegrationResponse({ statusCode = '', ...name }, call) {
      const resource = store.resource(call, name.restApiId, name.resourceId);
      // Recorded: of a method that is not there, its integration is told missing.
      if (!Object.hasOwn(resource.methods, name.httpMethod ?? '')) throw noSuch('Integration');
      const found = findMethod(store, call, name);
      const integration = integrationOf(found);
      responseOf(integration.integrationResponses, statusCode);
      const integrationResponses = without(integration.integrationResponses, statusCode);
      found.set({ ...found.method, integration: { ...integration, integrationResponses } });
      return {};
    },
  } satisfies ApiGatewayOperations;
}

function checkIntegrationResponse(response: IntegrationResponseDefinition): void {
  checkIntegrationResponseParameters(response.responseParameters);
  checkTemplates(response.responseTemplates);
  const { selectionPattern = '' } = response;
  try {
    new RegExp(selectionPattern);
  } catch {
    throw badRequest(`Invalid selection pattern specified: ${selectionPattern}`);
  }
}

/** https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html#UpdateMethodResponse-Patch */
const responsePatches: PatchTable<MethodResponseDefinition> = {
  refuse: namingThePath,
  rules: [
    knownEntry<MethodResponseDefinition, 'responseParameters'>(
      '/responseParameters/{name}',
      'responseParameters',
      flag,
      noParameter,
    ),
    knownEntry<MethodResponseDefinition, 'responseModels'>(
      '/responseModels/{name}',
      'responseModels',
      (value) => value ?? '',
      noContentType,
    ),
  ],
};

const integrationResponsePatches: PatchTable<IntegrationResponseDefinition> = {
  refuse: namingThePath,
  rules: [
    field('/selectionPattern', 'selectionPattern', text, ['add', 'replace', 'remove']),
    field(
      '/contentHandling',
      'contentHandling',
      (value) => (value === '' ? undefined : value) as IntegrationResponseDefinition['contentHandling'],
      ['add', 'replace', 'remove'],
    ),
    entry<IntegrationResponseDefinition, 'responseParameters'>(
      '/responseParameters/{name}',
      'responseParameters',
      (value) => value ?? '',
    ),
    entry<IntegrationResponseDefinition, 'responseTemplates'>(
      '/responseTemplates/{name}',
      'responseTemplates',
      (value) => value ?? '',
    ),
  ],
};
