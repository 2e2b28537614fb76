import type { CreateUsagePlanRequest, PatchOperation } from '@aws-sdk/client-api-gateway';
import type { Json } from '../../../../state/state.ts';
import { escaped } from '../../../apigateway/patch/pointer.ts';
import { fromOperations } from '../gateway/from-operations.ts';
import { isObject, itemsOf } from '../gateway/narrowed.ts';
import { isSame } from '../gateway/same.ts';
import { shown } from '../gateway/shown.ts';
import { isMarked, ownTagList } from '../gateway/tags.ts';
import type { Properties, ResourceWork } from '../resource-type.ts';
import { lowerFirst } from '../translate/letters.ts';
import { picked, shaped, text } from '../translate/shaped.ts';
import { allTags } from '../translate/tags.ts';
import { inside, patchWhatDiffers, value, type Difference } from './differences.ts';
import { listed } from './listed.ts';
import { retagAt } from './tagged.ts';

const letters = { maps: ['ApiStages.Throttle'] };

/** `abc123:dev`, as patches name a stage. */
const stageKey = (stage: Json): string =>
  isObject(stage) ? `${text(stage['ApiId']) ?? ''}:${text(stage['Stage']) ?? ''}` : '';
const throttleOf = (stage: Json | undefined): Json | undefined =>
  isObject(stage) ? stage['Throttle'] : undefined;

/** Stages come and go by name; what is throttled in one of them is set as a whole. */
const apiStages: Difference = (now, wanted) => {
  const before = new Map(itemsOf(now).map((stage) => [stageKey(stage), stage]));
  const after = new Map(itemsOf(wanted).map((stage) => [stageKey(stage), stage]));
  const gone = [...before.keys()].filter((key) => !after.has(key));
  return [
    ...gone.map((key): PatchOperation => ({ op: 'remove', path: '/apiStages', value: key })),
    ...[...after].flatMap(([key, stage]): PatchOperation[] => {
      const path = `/apiStages/${escaped(key)}/throttle`;
      const throttle = throttleOf(stage);
      const added: PatchOperation[] = before.has(key) ? [] : [{ op: 'add', path: '/apiStages', value: key }];
      if (isSame(throttleOf(before.get(key)), throttle)) return added;
      return throttle === undefined
        ? [{ op: 'remove', path }]
        : [...added, { op: 'replace', path, value: JSON.stringify(lowerFirst(throttle)) }];
    }),
  ];
};

const differences = {
  UsagePlanName: value('/name', 'stays'),
  Description: value('/description', { becomes: '' }),
  ApiStages: apiStages,
  Throttle: inside(
    {
      BurstLimit: value('/throttle/burstLimit', 'stays'),
      RateLimit: value('/throttle/rateLimit', 'stays'),
    },
    '/throttle',
  ),
  Quota: inside(
    {
      Limit: value('/quota/limit', 'stays'),
      Offset: value('/quota/offset', { becomes: '0' }),
      Period: value('/quota/period', 'stays'),
    },
    '/quota',
  ),
};

/**
 * `AWS::ApiGateway::UsagePlan`. `Ref` is the plan's id.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-usageplan.html
 */
export const usagePlan = fromOperations({
  async create(properties, work) {
    const input = lowerFirst(picked(properties, 'Description', 'ApiStages', 'Throttle', 'Quota'), letters);
    const { id = '' } = await work.call('apigateway', 'CreateUsagePlan', {
      ...shaped<CreateUsagePlanRequest>(input),
      name: text(properties['UsagePlanName']) ?? work.name(),
      tags: { ...allTags(properties['Tags'], work) },
    });
    return { id, attributes: { Id: id } };
  },
  async look({ id, properties }, work) {
    const { name = '', tags, ...own } = await work.call('apigateway', 'GetUsagePlan', { usagePlanId: id });
    return {
      ...shown(own, letters),
      UsagePlanName: name,
      Tags: ownTagList(tags, work, properties['Tags']),
    };
  },
  async change({ id }, now, wanted, work) {
    await patchWhatDiffers(differences, now, wanted, (patchOperations) =>
      work.call('apigateway', 'UpdateUsagePlan', { usagePlanId: id, patchOperations }),
    );
    await retagAt(`/usageplans/${id}`, wanted['Tags'], work);
  },
  /** A plan of stages cannot go: they leave it first. */
  async remove({ id }, work) {
    const { apiStages: stages = [] } = await work.call('apigateway', 'GetUsagePlan', { usagePlanId: id });
    const leaving = stages.map(({ apiId, stage }): PatchOperation => {
      return { op: 'remove', path: '/apiStages', value: `${apiId ?? ''}:${stage ?? ''}` };
    });
    if (leaving.length > 0)
      await work.call('apigateway', 'UpdateUsagePlan', { usagePlanId: id, patchOperations: leaving });
    await work.call('apigateway', 'DeleteUsagePlan', { usagePlanId: id });
  },
  async trace(_properties: Properties, work: ResourceWork) {
    const all = await listed((page) => work.call('apigateway', 'GetUsagePlans', page));
    return all.find(({ tags }) => isMarked(tags, work))?.id;
  },
});
