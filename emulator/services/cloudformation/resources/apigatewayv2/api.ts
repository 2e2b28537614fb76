import type { CreateApiRequest, UpdateApiRequest } from '@aws-sdk/client-apigatewayv2';
import { documentNames, openApiOf } from '../gateway/document.ts';
import { fromOperations } from '../gateway/from-operations.ts';
import { orUndone } from '../translate/gone.ts';
import { narrowed } from '../gateway/narrowed.ts';
import { isSame } from '../gateway/same.ts';
import { isMarked } from '../gateway/tags.ts';
import type { Properties, ResourceWork } from '../resource-type.ts';
import { picked, shaped, text } from '../translate/shaped.ts';
import { allTags, ownTags } from '../translate/tags.ts';
import { changesOf } from './changes.ts';
import { listed } from './listed.ts';
import { retagAt } from './tagged.ts';
import { told } from './told.ts';

const updated = [
  'Name',
  'Description',
  'Version',
  'ApiKeySelectionExpression',
  'CorsConfiguration',
  'CredentialsArn',
  'DisableExecuteApiEndpoint',
  'DisableSchemaValidation',
  'IpAddressType',
  'RouteKey',
  'RouteSelectionExpression',
  'Target',
];

const unsaid = {
  becomes: {
    Description: '',
    Version: '',
    ApiKeySelectionExpression: '$request.header.x-api-key',
    DisableExecuteApiEndpoint: false,
    DisableSchemaValidation: false,
  },
};

/**
 * `AWS::ApiGatewayV2::Api`: HTTP and WebSocket APIs. `Ref` is the API's id. What the properties say goes before what the
 * document says.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-api.html
 */
export const api = fromOperations({
  async create(properties, work) {
    const body = await openApiOf(properties, work);
    const { ApiId = '', ApiEndpoint = '' } = await work.call('apigatewayv2', 'CreateApi', {
      ...shaped<CreateApiRequest>(picked(properties, ...updated)),
      // Until the document gives it its title; an API without either is refused.
      Name: text(properties['Name']) ?? (body === undefined ? '' : work.stackName),
      ProtocolType: shaped<CreateApiRequest['ProtocolType']>(
        properties['ProtocolType'] ?? (body === undefined ? undefined : 'HTTP'),
      ),
      Tags: { ...allTags(properties['Tags'], work) },
    });
    if (body !== undefined)
      await orUndone(
        () => importInto(ApiId, body, {}, properties, work),
        () => work.call('apigatewayv2', 'DeleteApi', { ApiId }),
      );
    const { account, region } = work.scope;
    const ExecuteApiArn = `arn:aws:execute-api:${region}:${account}:${ApiId}`;
    return { id: ApiId, attributes: { ApiId, ApiEndpoint, ExecuteApiArn } };
  },
  async look({ id, properties }, work) {
    const { Tags, ...now } = await work.call('apigatewayv2', 'GetApi', { ApiId: id });
    return {
      ...told(now),
      Tags: { ...ownTags(Tags, work) },
      // Nothing tells these of an API.
      ...picked(properties, 'Target', 'RouteKey', 'CredentialsArn'),
    };
  },
  async change({ id, properties }, now, wanted, work) {
    const body = await openApiOf(wanted, work);
    const isOther = documentNames.some((name) => !isSame(properties[name], wanted[name]));
    if (body !== undefined && isOther) await importInto(id, body, properties, wanted, work);
    else await update(id, now, wanted, work);
    await retagAt(`/apis/${id}`, wanted['Tags'], work);
  },
  remove: ({ id }, work) => work.call('apigatewayv2', 'DeleteApi', { ApiId: id }),
  /** Not the API that this one replaces, which has the same marks: its protocol is another. */
  async trace(properties, work) {
    const all = await listed((page) => work.call('apigatewayv2', 'GetApis', page));
    const protocol = text(properties['ProtocolType']) ?? 'HTTP';
    return all.find(({ Tags, ProtocolType }) => isMarked(Tags, work) && ProtocolType === protocol)?.ApiId;
  },
});

/* Puts a document in place of what an API is, and what the properties say over that. */
async function importInto(
  ApiId: string,
  body: Uint8Array,
  before: Properties,
  wanted: Properties,
  work: ResourceWork,
): Promise<void> {
  await work.call('apigatewayv2', 'ReimportApi', {
    ApiId,
    Body: Buffer.from(body).toString(),
    Basepath: text(wanted['BasePath']),
    FailOnWarnings: wanted['FailOnWarnings'] === true,
  });
  const now = told(await work.call('apigatewayv2', 'GetApi', { ApiId }));
  await update(ApiId, narrowed(now, before, wanted), wanted, work, { becomes: {} });
}

async function update(
  ApiId: string,
  now: Properties,
  wanted: Properties,
  work: ResourceWork,
  otherwise: typeof unsaid | { readonly becomes: Properties } = unsaid,
): Promise<void> {
  const changes = changesOf(now, wanted, updated, otherwise);
  if (changes !== undefined)
    await work.call('apigatewayv2', 'UpdateApi', { ...shaped<UpdateApiRequest>(changes), ApiId });
  const isGone = now['CorsConfiguration'] !== undefined && wanted['CorsConfiguration'] === undefined;
  if (isGone && otherwise === unsaid) await work.call('apigatewayv2', 'DeleteCorsConfiguration', { ApiId });
}
