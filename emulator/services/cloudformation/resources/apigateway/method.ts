import type {
  Integration,
  PutIntegrationRequest,
  PutIntegrationResponseRequest,
  PutMethodRequest,
  PutMethodResponseRequest,
} from '@aws-sdk/client-api-gateway';
import type { Json } from '../../../../state/state.ts';
import { fromOperations } from '../gateway/from-operations.ts';
import { ifThere, orUndone } from '../translate/gone.ts';
import { isObject, itemsOf } from '../gateway/narrowed.ts';
import { isSame } from '../gateway/same.ts';
import { shown } from '../gateway/shown.ts';
import type { Properties, ResourceWork } from '../resource-type.ts';
import { lowerFirst } from '../translate/letters.ts';
import { picked, shaped, text } from '../translate/shaped.ts';
import { entries, patchWhatDiffers, value, values } from './differences.ts';

const maps = {
  maps: [
    'RequestParameters',
    'RequestTemplates',
    'RequestModels',
    'ResponseParameters',
    'ResponseTemplates',
    'ResponseModels',
  ],
};

/** What a method has itself; what is behind it and what it answers are put as wholes. */
const differences = {
  AuthorizationType: value('/authorizationType', { becomes: 'NONE' }),
  AuthorizerId: value('/authorizerId', { becomes: '' }),
  ApiKeyRequired: value('/apiKeyRequired', { becomes: 'false' }),
  OperationName: value('/operationName', { becomes: '' }),
  RequestValidatorId: value('/requestValidatorId', { becomes: '' }),
  AuthorizationScopes: values('/authorizationScopes'),
  RequestParameters: entries('/requestParameters'),
  RequestModels: entries('/requestModels'),
};

const place = (properties: Properties) => ({
  restApiId: text(properties['RestApiId']),
  resourceId: text(properties['ResourceId']),
  httpMethod: text(properties['HttpMethod']),
});

/** Parameters say whether they must be there, as a boolean or as its text. */
const flags = (given: Json | undefined): Record<string, boolean> | undefined =>
  isObject(given)
    ? Object.fromEntries(Object.entries(given).map(([name, one]) => [name, text(one) === 'true']))
    : undefined;

/**
 * `AWS::ApiGateway::Method`: a method with its responses and its integration. `Ref` is an id that CloudFormation gives.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-method.html
 */
export const method = fromOperations({
  nameOf: (_properties, work) => work.name(24),
  async create(properties, work) {
    const own = shaped<PutMethodRequest>(lowerFirst(picked(properties, ...Object.keys(differences)), maps));
    const requestParameters = flags(properties['RequestParameters']);
    await work.call('apigateway', 'PutMethod', {
      ...own,
      ...place(properties),
      authorizationType: own.authorizationType ?? 'NONE',
      ...(requestParameters !== undefined && { requestParameters }),
    });
    await orUndone(
      async () => {
        for (const response of itemsOf(properties['MethodResponses']))
          await putResponse(response, properties, work);
        await putIntegration(properties, work);
      },
      () => work.call('apigateway', 'DeleteMethod', place(properties)),
    );
    return { id: work.name(24), attributes: {} };
  },
  look: async ({ properties }, work) => {
    const {
      methodIntegration,
      methodResponses = {},
      ...own
    } = await work.call('apigateway', 'GetMethod', place(properties));
    const told: Properties = {
      ...shown(own, maps),
      RestApiId: text(properties['RestApiId']) ?? '',
      ResourceId: text(properties['ResourceId']) ?? '',
      MethodResponses: Object.values(methodResponses).map((one) => shown(one, maps)),
    };
    return methodIntegration === undefined
      ? told
      : { ...told, Integration: integrationOf(methodIntegration) };
  },
  async change({ properties }, now, wanted, work) {
    await patchWhatDiffers(differences, now, wanted, (patchOperations) =>
      work.call('apigateway', 'UpdateMethod', { ...place(properties), patchOperations }),
    );
    await changeResponses(now, wanted, work);
    if (!isSame(now['Integration'], wanted['Integration'])) await putIntegration(wanted, work);
  },
  remove: ({ properties }, work) => work.call('apigateway', 'DeleteMethod', place(properties)),
});

const statusOf = (response: Json): string =>
  (isObject(response) ? text(response['StatusCode']) : undefined) ?? '';

async function changeResponses(now: Properties, wanted: Properties, work: ResourceWork): Promise<void> {
  const before = new Map(itemsOf(now['MethodResponses']).map((one) => [statusOf(one), one]));
  const after = new Map(itemsOf(wanted['MethodResponses']).map((one) => [statusOf(one), one]));
  for (const [statusCode, one] of before)
    if (!isSame(one, after.get(statusCode)))
      await ifThere(work.call('apigateway', 'DeleteMethodResponse', { ...place(wanted), statusCode }));
  for (const [statusCode, one] of after)
    if (!isSame(one, before.get(statusCode))) await putResponse(one, wanted, work);
}

async function putResponse(response: Json, properties: Properties, work: ResourceWork): Promise<void> {
  const input = shaped<PutMethodResponseRequest>(lowerFirst(response, maps));
  const responseParameters = flags(input.responseParameters);
  await work.call('apigateway', 'PutMethodResponse', {
    ...input,
    ...place(properties),
    statusCode: statusOf(response),
    ...(responseParameters !== undefined && { responseParameters }),
  });
}

/** An integration takes the place of what was before it, with all its responses. */
async function putIntegration(properties: Properties, work: ResourceWork): Promise<void> {
  const { Integration: given } = properties;
  if (!isObject(given)) {
    await ifThere(work.call('apigateway', 'DeleteIntegration', place(properties)));
    return;
  }
  const { IntegrationResponses, ...own } = given;
  const input = shaped<PutIntegrationRequest>(lowerFirst(own, maps));
  await work.call('apigateway', 'PutIntegration', { ...input, ...place(properties) });
  for (const response of itemsOf(IntegrationResponses)) {
    const said = shaped<PutIntegrationResponseRequest>(lowerFirst(response, maps));
    const statusCode = statusOf(response);
    await work.call('apigateway', 'PutIntegrationResponse', { ...said, ...place(properties), statusCode });
  }
}

function integrationOf({ integrationResponses, httpMethod, ...own }: Integration): Json {
  return {
    ...shown(own, maps),
    ...(httpMethod !== undefined && { IntegrationHttpMethod: httpMethod }),
    ...(integrationResponses !== undefined && {
      IntegrationResponses: Object.values(integrationResponses).map((one) => shown(one, maps)),
    }),
  };
}
