import type { CreateApiKeyRequest } from '@aws-sdk/client-api-gateway';
import type { Json } from '../../../../state/state.ts';
import { fromOperations } from '../gateway/from-operations.ts';
import { isObject } from '../gateway/narrowed.ts';
import { isMarked, ownTagList } from '../gateway/tags.ts';
import type { Properties, ResourceWork } from '../resource-type.ts';
import { lowerFirst } from '../translate/letters.ts';
import { picked, shaped, text } from '../translate/shaped.ts';
import { allTags } from '../translate/tags.ts';
import { each, patchWhatDiffers, value } from './differences.ts';
import { listed } from './listed.ts';
import { retagAt } from './tagged.ts';

/** `abc123/dev`, as patches and answers name a stage. */
const stageKey = (stage: Json): string =>
  isObject(stage) ? `${text(stage['RestApiId']) ?? ''}/${text(stage['StageName']) ?? ''}` : '';

const differences = {
  Description: value('/description', { becomes: '' }),
  Enabled: value('/enabled', { becomes: 'false' }),
  CustomerId: value('/customerId', { becomes: '' }),
  StageKeys: each((stage, op) => ({ op, path: '/stages', value: stage }), stageKey),
};

const created = ['Description', 'Enabled', 'GenerateDistinctId', 'Value', 'StageKeys', 'CustomerId'];

const nameFor = (properties: Properties, work: ResourceWork): string =>
  text(properties['Name']) ?? work.name();

/**
 * `AWS::ApiGateway::ApiKey`. `Ref` is the key's id.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-apikey.html
 */
export const apiKey = fromOperations({
  async create(properties, work) {
    const { id = '' } = await work.call('apigateway', 'CreateApiKey', {
      ...shaped<CreateApiKeyRequest>(lowerFirst(picked(properties, ...created))),
      name: nameFor(properties, work),
      tags: { ...allTags(properties['Tags'], work) },
    });
    return { id, attributes: { APIKeyId: id } };
  },
  async look({ id, properties }, work) {
    const now = await work.call('apigateway', 'GetApiKey', { apiKey: id, includeValue: true });
    const { name = '', description, enabled = false, customerId, stageKeys = [], value: secret } = now;
    return {
      Name: name,
      Enabled: enabled,
      ...(description !== undefined && { Description: description }),
      ...(customerId !== undefined && { CustomerId: customerId }),
      ...(secret !== undefined && { Value: secret }),
      StageKeys: stageKeys.map((key) => {
        const [RestApiId = '', StageName = ''] = key.split('/');
        return { RestApiId, StageName };
      }),
      Tags: ownTagList(now.tags, work, properties['Tags']),
    };
  },
  async change({ id }, now, wanted, work) {
    await patchWhatDiffers(differences, now, wanted, (patchOperations) =>
      work.call('apigateway', 'UpdateApiKey', { apiKey: id, patchOperations }),
    );
    await retagAt(`/apikeys/${id}`, wanted['Tags'], work);
  },
  remove: ({ id }, work) => work.call('apigateway', 'DeleteApiKey', { apiKey: id }),
  /** Not the key that this one replaces, which has the same marks: its name or its value is another. */
  async trace(properties, work) {
    const nameQuery = nameFor(properties, work);
    const all = await listed((page) =>
      work.call('apigateway', 'GetApiKeys', { nameQuery, includeValues: true, ...page }),
    );
    const given = text(properties['Value']);
    return all.find(
      ({ name, tags, value: secret }) =>
        name === nameQuery && isMarked(tags, work) && (given === undefined || given === secret),
    )?.id;
  },
});
