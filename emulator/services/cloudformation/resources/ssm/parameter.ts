import type { ParameterTier, ParameterType } from '@aws-sdk/client-ssm';
import type { Json } from '../../../../state/state.ts';
import { onlyBuilt } from '../presence/presence.ts';
import { ifThere } from '../translate/gone.ts';
import type { Physical, Properties, ResourceType, ResourceWork } from '../resource-type.ts';
import { retag, tagsInput, toldTags } from '../tagging/tagging.ts';
import { text } from '../translate/shaped.ts';
import { tagList, tagMap } from '../translate/tags.ts';

const TYPE = 'AWS::SSM::Parameter';
const built = ['AllowedPattern', 'DataType', 'Description', 'Name', 'Tags', 'Tier', 'Type', 'Value'];

/* CloudFormation names parameters otherwise than the rest: `CFN-logicalId-` and what it draws. */
const nameFor = (properties: Properties, work: ResourceWork): string =>
  text(properties['Name']) ?? `CFN-${work.logicalId}-${work.name().slice(-12)}`;

function physical(name: string, { Type, Value }: Properties, { scope }: ResourceWork): Physical {
  const Arn = `arn:aws:ssm:${scope.region}:${scope.account}:parameter${name.startsWith('/') ? '' : '/'}${name}`;
  return { id: name, attributes: { Arn, Name: name, Type: Type ?? '', Value: Value ?? '' } };
}

function inputOf(properties: Properties) {
  const { AllowedPattern, DataType, Description, Tier, Type, Value } = properties;
  return {
    Value: text(Value),
    Type: text(Type) as ParameterType,
    ...(AllowedPattern !== undefined && { AllowedPattern: text(AllowedPattern) }),
    ...(DataType !== undefined && { DataType: text(DataType) }),
    // A version has the description of the one before, unless it is told otherwise.
    Description: text(Description) ?? '',
    ...(Tier !== undefined && { Tier: text(Tier) as ParameterTier }),
  };
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ssm-parameter.html */
export const parameter: ResourceType = {
  async create(properties, work) {
    onlyBuilt(TYPE, properties, built);
    const Name = nameFor(properties, work);
    await work.call('ssm', 'PutParameter', { Name, ...inputOf(properties), ...tagsInput(properties, work) });
    return physical(Name, properties, work);
  },

  async update(kept, wanted, work) {
    onlyBuilt(TYPE, wanted, built);
    const Name = kept.id;
    await work.call('ssm', 'PutParameter', { Name, ...inputOf(wanted), Overwrite: true });
    const resource = { ResourceType: 'Parameter', ResourceId: Name } as const;
    await retag(kept, wanted, work, {
      set: (tags) => work.call('ssm', 'AddTagsToResource', { ...resource, Tags: tagList(tags) }),
      remove: (TagKeys) => work.call('ssm', 'RemoveTagsFromResource', { ...resource, TagKeys }),
    });
    return physical(Name, wanted, work);
  },

  async delete(kept, work) {
    await ifThere(work.call('ssm', 'DeleteParameter', { Name: kept.id }));
  },

  async read(kept, work) {
    const Name = kept.id;
    const found = await ifThere(work.call('ssm', 'GetParameter', { Name, WithDecryption: true }));
    if (found === undefined) return undefined;
    const { Parameters = [] } = await work.call('ssm', 'DescribeParameters', {
      ParameterFilters: [{ Key: 'Name', Option: 'Equals', Values: [Name] }],
    });
    const [described] = Parameters;
    const { TagList } = await work.call('ssm', 'ListTagsForResource', {
      ResourceType: 'Parameter',
      ResourceId: Name,
    });
    const { Value, Type, DataType } = found.Parameter ?? {};
    const { AllowedPattern, Description, Tier } = described ?? {};
    const now = { Name, Value, Type, DataType, AllowedPattern, Description, Tier };
    const given = kept.properties;
    const tags = Object.entries(toldTags(TagList)).filter(
      ([key, value]) => tagMap(given['Tags'])[key] !== undefined || work.tags[key] !== value,
    );
    return {
      ...Object.fromEntries(
        Object.entries(now).flatMap(([name, value]): [string, Json][] =>
          given[name] === undefined || value === undefined ? [] : [[name, value]],
        ),
      ),
      ...(tags.length > 0 && { Tags: Object.fromEntries(tags) }),
    };
  },

  nameOf: nameFor,
};
