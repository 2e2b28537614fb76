import type {
  CreateIntegrationRequest,
  Integration,
  UpdateIntegrationRequest,
} from '@aws-sdk/client-apigatewayv2';
import type { Json } from '../../../../state/state.ts';
import { fromOperations } from '../gateway/from-operations.ts';
import { isObject, itemsOf, membersIn } from '../gateway/narrowed.ts';
import { isSame } from '../gateway/same.ts';
import type { Properties } from '../resource-type.ts';
import { picked, shaped, text } from '../translate/shaped.ts';
import { changesOf } from './changes.ts';
import { listed } from './listed.ts';
import { withVersion } from './payload-version.ts';
import { told } from './told.ts';

const names = [
  'ConnectionId',
  'ConnectionType',
  'ContentHandlingStrategy',
  'CredentialsArn',
  'Description',
  'IntegrationMethod',
  'IntegrationSubtype',
  'IntegrationType',
  'IntegrationUri',
  'PassthroughBehavior',
  'PayloadFormatVersion',
  'RequestParameters',
  'RequestTemplates',
  'ResponseParameters',
  'TemplateSelectionExpression',
  'TimeoutInMillis',
  'TlsConfig',
];

const unsaid = {
  becomes: {
    CredentialsArn: '',
    Description: '',
    RequestParameters: {},
    RequestTemplates: {},
    ResponseParameters: {},
  },
  emptied: { RequestParameters: '', ResponseParameters: {} },
};

/**
 * `AWS::ApiGatewayV2::Integration`. `Ref` is the integration's id.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-integration.html
 */
export const integration = fromOperations({
  async create(properties, work) {
    const input = shaped<CreateIntegrationRequest>(picked(asInput(properties), 'ApiId', ...names));
    const { IntegrationId = '' } = await work.call('apigatewayv2', 'CreateIntegration', input);
    return { id: IntegrationId, attributes: { IntegrationId } };
  },
  async look({ id, properties }, work) {
    const ApiId = text(properties['ApiId']);
    const now = await work.call('apigatewayv2', 'GetIntegration', { ApiId, IntegrationId: id });
    return { ...asProperties(now), ApiId: ApiId ?? '' };
  },
  async change({ id, properties }, now, wanted, work) {
    const changes = changesOf(asInput(now), asInput(wanted), names, unsaid);
    const place = { ApiId: text(properties['ApiId']), IntegrationId: id };
    if (changes !== undefined)
      await work.call('apigatewayv2', 'UpdateIntegration', {
        ...shaped<UpdateIntegrationRequest>(changes),
        ...place,
      });
  },
  remove: ({ id, properties }, work) =>
    work.call('apigatewayv2', 'DeleteIntegration', { ApiId: text(properties['ApiId']), IntegrationId: id }),
  /** One that says all that is asked for and that no route leads to: nothing else tells integrations apart. */
  async trace(properties, work) {
    const ApiId = text(properties['ApiId']);
    const all = await listed((page) => work.call('apigatewayv2', 'GetIntegrations', { ApiId, ...page }));
    const routes = await listed((page) => work.call('apigatewayv2', 'GetRoutes', { ApiId, ...page }));
    const led = new Set(routes.map(({ Target }) => Target));
    const wanted = picked(properties, ...names);
    return all.find((one) => {
      const said = picked(asProperties(one), ...Object.keys(wanted));
      return isSame(said, wanted) && !led.has(`integrations/${one.IntegrationId ?? ''}`);
    })?.IntegrationId;
  },
});

/** CloudFormation has mappings of responses as lists: `{"200": {"ResponseParameters": [{Destination, Source}]}}`. */
function asInput(properties: Properties): Properties {
  const versioned = withVersion(properties, 'PayloadFormatVersion');
  const { ResponseParameters: given, ...others } = versioned;
  if (given === undefined) return versioned;
  const mappings = membersIn(given).map(([status, mapping]): [string, Json] => {
    const list = isObject(mapping) ? mapping['ResponseParameters'] : undefined;
    const pairs = itemsOf(list).flatMap((pair): [string, string][] =>
      isObject(pair) ? [[text(pair['Destination']) ?? '', text(pair['Source']) ?? '']] : [],
    );
    return [status, list === undefined ? mapping : Object.fromEntries(pairs)];
  });
  return { ...others, ResponseParameters: Object.fromEntries(mappings) };
}

function asProperties({ ResponseParameters, ...own }: Integration): Properties {
  if (ResponseParameters === undefined) return told(own);
  const mappings = Object.entries(ResponseParameters).map(([status, mapping]): [string, Json] => {
    const pairs = Object.entries(mapping).map(([Destination, Source]) => ({ Destination, Source }));
    return [status, { ResponseParameters: pairs }];
  });
  return { ...told(own), ResponseParameters: Object.fromEntries(mappings) };
}
