import type { RestApi } from '@aws-sdk/client-api-gateway';
import type { Json } from '../../../../state/state.ts';
import { readPolicy } from '../../../apigateway/api/policy.ts';
import { documentNames, openApiOf } from '../gateway/document.ts';
import { fromOperations } from '../gateway/from-operations.ts';
import { orUndone } from '../translate/gone.ts';
import { itemsOf, membersIn, narrowed } from '../gateway/narrowed.ts';
import { isSame, parsed } from '../gateway/same.ts';
import { shown } from '../gateway/shown.ts';
import { isMarked, ownTagList } from '../gateway/tags.ts';
import type { Properties, ResourceWork } from '../resource-type.ts';
import { lowerFirst } from '../translate/letters.ts';
import { documentText, picked, shaped, text } from '../translate/shaped.ts';
import { allTags } from '../translate/tags.ts';
import {
  document,
  inside,
  members,
  patchWhatDiffers,
  value,
  values,
  type Difference,
} from './differences.ts';
import { listed } from './listed.ts';
import { retagAt } from './tagged.ts';

/** An API has one type, which the path of its patch names. */
const endpointType: Difference = (now, wanted) => {
  const [before = 'EDGE'] = itemsOf(now);
  const [after = 'EDGE'] = itemsOf(wanted);
  if (isSame(before, after)) return [];
  return [{ op: 'replace', path: `/endpointConfiguration/types/${text(before)}`, value: text(after) }];
};

const endpoint = inside({
  Types: endpointType,
  IpAddressType: value('/endpointConfiguration/ipAddressType', 'stays'),
  VpcEndpointIds: values('/endpointConfiguration/vpcEndpointIds'),
});

const differences = {
  Name: value('/name', 'stays'),
  Description: value('/description'),
  Version: value('/version'),
  ApiKeySourceType: value('/apiKeySource', { becomes: 'HEADER' }),
  BinaryMediaTypes: members('/binaryMediaTypes'),
  MinimumCompressionSize: value('/minimumCompressionSize', { becomes: '' }),
  Policy: document('/policy'),
  DisableExecuteApiEndpoint: value('/disableExecuteApiEndpoint', { becomes: 'false' }),
  EndpointConfiguration: endpoint,
  SecurityPolicy: value('/securityPolicy', 'stays'),
  EndpointAccessMode: value('/endpointAccessMode', 'stays'),
};

/**
 * `AWS::ApiGateway::RestApi`. `Ref` is the API's id. What the properties say goes before what the document says.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-restapi.html
 */
export const restApi = fromOperations({
  async create(properties, work) {
    const body = await openApiOf(properties, work);
    const { id = '', rootResourceId = '' } = await work.call('apigateway', 'CreateRestApi', {
      ...shaped<object>(lowerFirst(picked(properties, ...copied))),
      ...(properties['ApiKeySourceType'] !== undefined && {
        apiKeySource: shaped<RestApi['apiKeySource']>(properties['ApiKeySourceType']),
      }),
      ...(properties['Policy'] !== undefined && { policy: documentText(properties['Policy']) }),
      // Until the document gives it its title; an API without either is refused.
      name: text(properties['Name']) ?? (body === undefined ? '' : work.stackName),
      tags: { ...allTags(properties['Tags'], work) },
    });
    if (body !== undefined)
      await orUndone(
        () => importInto(id, body, properties, work),
        () => work.call('apigateway', 'DeleteRestApi', { restApiId: id }),
      );
    return { id, attributes: { RestApiId: id, RootResourceId: rootResourceId } };
  },
  async look({ id, properties }, work) {
    const { tags, ...api } = await work.call('apigateway', 'GetRestApi', { restApiId: id });
    return {
      ...shownApi(id, api, properties['Policy'], work),
      Tags: ownTagList(tags, work, properties['Tags']),
    };
  },
  async change({ id, properties }, now, wanted, work) {
    const body = await openApiOf(wanted, work);
    const isOther = documentNames.some((name) => !isSame(properties[name], wanted[name]));
    if (body !== undefined && isOther) await importInto(id, body, wanted, work, properties);
    else await patch(id, now, properties, wanted, work);
    await retagAt(`/restapis/${id}`, wanted['Tags'], work);
  },
  remove: ({ id }, work) => work.call('apigateway', 'DeleteRestApi', { restApiId: id }),
  async trace(_properties, work) {
    const all = await listed((page) => work.call('apigateway', 'GetRestApis', page));
    return all.find(({ tags }) => isMarked(tags, work))?.id;
  },
});

const copied = [
  'Description',
  'Version',
  'CloneFrom',
  'BinaryMediaTypes',
  'MinimumCompressionSize',
  'EndpointConfiguration',
  'DisableExecuteApiEndpoint',
  'SecurityPolicy',
  'EndpointAccessMode',
];

/* Puts a document in place of what an API is, or over it, and what the properties say over that. */
async function importInto(
  id: string,
  body: Uint8Array,
  wanted: Properties,
  work: ResourceWork,
  before: Properties = {},
): Promise<void> {
  await work.call('apigateway', 'PutRestApi', {
    restApiId: id,
    body,
    mode: wanted['Mode'] === 'merge' ? 'merge' : 'overwrite',
    failOnWarnings: wanted['FailOnWarnings'] === true,
    parameters: Object.fromEntries(
      membersIn(wanted['Parameters']).map(([name, one]): [string, string] => [name, text(one) ?? '']),
    ),
  });
  const api = await work.call('apigateway', 'GetRestApi', { restApiId: id });
  await patch(id, narrowed(shownApi(id, api, undefined, work), before, wanted), before, wanted, work);
}

async function patch(
  id: string,
  now: Properties,
  before: Properties,
  wanted: Properties,
  work: ResourceWork,
): Promise<void> {
  // The media types of the document stay besides those of the properties.
  const spokenOf = [...itemsOf(before['BinaryMediaTypes']), ...itemsOf(wanted['BinaryMediaTypes'])];
  const BinaryMediaTypes = itemsOf(now['BinaryMediaTypes']).filter((type) => spokenOf.includes(type));
  await patchWhatDiffers(differences, { ...now, BinaryMediaTypes }, wanted, (patchOperations) =>
    work.call('apigateway', 'UpdateRestApi', { restApiId: id, patchOperations }),
  );
}

/** @param policy as the template has it: AWS writes the API's own address out, which is no other policy */
function shownApi(id: string, api: RestApi, policy: Json | undefined, { scope }: ResourceWork): Properties {
  const { apiKeySource, policy: escapedPolicy, ...own } = api;
  const written = escapedPolicy === undefined ? undefined : shaped<string>(parsed(`"${escapedPolicy}"`));
  const isGiven =
    policy !== undefined && written !== undefined && readPolicy(documentText(policy), scope, id) === written;
  return {
    ...shown(own),
    ...(apiKeySource !== undefined && { ApiKeySourceType: apiKeySource }),
    ...(written !== undefined && { Policy: isGiven ? policy : (parsed(written) ?? written) }),
  };
}
