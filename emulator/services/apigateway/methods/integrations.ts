import type { Scope } from '../../../service/call.ts';
import type { ApiGatewayOperations } from '../client.ts';
import type { IntegrationDefinition } from '../definition/definition.ts';
import { badRequest, notBuilt } from '../../../gateway/failures.ts';
import { entry, field, flag, member, numeric, text, without } from '../patch/fields.ts';
import { patched } from '../patch/patch.ts';
import { namingThePath } from '../patch/refusals.ts';
import type { PatchTable } from '../patch/rules.ts';
import type { ApiStore } from '../store/store.ts';
import { findMethod, integrationOf } from './find.ts';
import { checkUri } from './integration-uri.ts';
import { checkIntegrationParameters, checkTemplates } from './parameters.ts';
import { shownIntegration } from './shown.ts';

const passthroughs: readonly string[] = ['WHEN_NO_MATCH', 'WHEN_NO_TEMPLATES', 'NEVER'];
/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html (ms) */
const SHORTEST = 50;
const LONGEST = 29_000;

/** `PutIntegration`, `GetIntegration`, `UpdateIntegration`, `DeleteIntegration`. */
export function integrationOperations(store: ApiStore) {
  return {
    PutIntegration(input, call) {
      const found = findMethod(store, call, input);
      const { type } = input;
      if (type === undefined) throw badRequest('Enumeration value for type must be non-empty');
      const optional = {
        uri: input.uri,
        httpMethod: input.integrationHttpMethod,
        connectionType: input.connectionType,
        connectionId: input.connectionId,
        credentials: input.credentials,
        requestParameters: input.requestParameters,
        requestTemplates: input.requestTemplates,
        contentHandling: input.contentHandling,
        tlsConfig: input.tlsConfig,
        responseTransferMode: input.responseTransferMode,
        integrationTarget: input.integrationTarget,
      };
      const integration: IntegrationDefinition = {
        type,
        ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)),
        passthroughBehavior: input.passthroughBehavior ?? 'WHEN_NO_MATCH',
        timeoutInMillis: input.timeoutInMillis ?? LONGEST,
        cacheNamespace: input.cacheNamespace ?? found.resource.id,
        cacheKeyParameters: input.cacheKeyParameters ?? [],
        integrationResponses: {},
      };
      checkIntegration(integration, call);
      found.set({ ...found.method, integration });
      return shownIntegration(integration);
    },
    GetIntegration(name, call) {
      return shownIntegration(integrationOf(findMethod(store, call, name)));
    },
    UpdateIntegration({ patchOperations, ...name }, call) {
      const found = findMethod(store, call, name);
      const integration = patched(integrationOf(found), patchOperations, patches);
      checkIntegration(integration, call);
      found.set({ ...found.method, integration });
      return shownIntegration(integration);
    },
    DeleteIntegration(name, call) {
      const found = findMethod(store, call, name);
      integrationOf(found);
      found.set(without(found.method, 'integration'));
      return {};
    },
  } satisfies ApiGatewayOperations;
}

const timeout = (): Error => badRequest(`Timeout should be between ${SHORTEST} ms and ${LONGEST} ms`);

/** https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html#UpdateIntegration-Patch */
const patches: PatchTable<IntegrationDefinition> = {
  refuse: namingThePath,
  rules: [
    field('/uri', 'uri', text),
    field('/httpMethod', 'httpMethod', text),
    field('/credentials', 'credentials', text, ['add', 'replace', 'remove']),
    field('/connectionType', 'connectionType', (value) => value as IntegrationDefinition['connectionType']),
    field('/connectionId', 'connectionId', text),
    field('/passthroughBehavior', 'passthroughBehavior', (value) => value ?? 'WHEN_NO_MATCH'),
    field(
      '/contentHandling',
      'contentHandling',
      (value) => (value === '' ? undefined : value) as IntegrationDefinition['contentHandling'],
      ['add', 'replace', 'remove'],
    ),
    field('/timeoutInMillis', 'timeoutInMillis', numeric(timeout)),
    field('/cacheNamespace', 'cacheNamespace', text),
    member('/cacheKeyParameters/{name}', 'cacheKeyParameters'),
    field(
      '/responseTransferMode',
      'responseTransferMode',
      (value) => value as IntegrationDefinition['responseTransferMode'],
    ),
    field('/integrationTarget', 'integrationTarget', text),
    {
      path: '/tlsConfig/insecureSkipVerification',
      replace: (target, change) => ({
        ...target,
        tlsConfig: { ...target.tlsConfig, insecureSkipVerification: flag(change.value, change) },
      }),
    },
    entry<IntegrationDefinition, 'requestParameters'>(
      '/requestParameters/{name}',
      'requestParameters',
      (value) => value ?? '',
    ),
    entry<IntegrationDefinition, 'requestTemplates'>(
      '/requestTemplates/{name}',
      'requestTemplates',
      (value) => value ?? '',
    ),
  ],
};

/** @throws BadRequestException in the recorded words */
function checkIntegration(integration: IntegrationDefinition, scope: Scope): void {
  const { type, httpMethod, timeoutInMillis, passthroughBehavior, credentials } = integration;
  if (type !== 'MOCK' && (httpMethod === undefined || httpMethod === ''))
    throw badRequest('Enumeration value for HttpMethod must be non-empty');
  if (!passthroughs.includes(passthroughBehavior))
    throw badRequest(`Invalid passthroughBehavior specified. Valid options are ${passthroughs.join(',')}`);
  if (!(timeoutInMillis >= SHORTEST && timeoutInMillis <= LONGEST)) throw timeout();
  checkUri(type, integration.uri);
  checkIntegrationParameters(integration.requestParameters);
  checkTemplates(integration.requestTemplates);
  if (integration.responseTransferMode === 'STREAM') throw notBuilt('streamed responses of REST APIs yet');
  if (credentials === undefined || credentials === '' || credentials === 'arn:aws:iam::*:user/*') return;
  const account = /^arn:aws[\w-]*:iam::(\d{12}):role\/.+$/.exec(credentials)?.[1];
  if (account === undefined) throw badRequest('Invalid ARN specified in the request');
  if (account !== scope.account) throw badRequest('Cross-account pass role is not allowed.');
}
