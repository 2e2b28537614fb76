import type { CreateStageRequest } from '@aws-sdk/client-api-gateway';
import { fromOperations } from '../gateway/from-operations.ts';
import { orUndone } from '../translate/gone.ts';
import { narrowed } from '../gateway/narrowed.ts';
import type { Properties } from '../resource-type.ts';
import { lowerFirst } from '../translate/letters.ts';
import { picked, shaped, text } from '../translate/shaped.ts';
import { allTags } from '../translate/tags.ts';
import { changeStage, retagStage, shownStage, stageMaps, type StagePlace } from './stage-settings.ts';

const placeOf = (properties: Properties): StagePlace => ({
  restApiId: text(properties['RestApiId']),
  stageName: text(properties['StageName']),
});

const created = [
  'RestApiId',
  'StageName',
  'DeploymentId',
  'Description',
  'CacheClusterEnabled',
  'CacheClusterSize',
  'Variables',
  'DocumentationVersion',
  'TracingEnabled',
];

/**
 * `AWS::ApiGateway::Stage`. `Ref` is the stage's name.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-stage.html
 */
export const stage = fromOperations({
  nameOf: (properties) => text(properties['StageName']),
  async create(properties, work) {
    const input = shaped<CreateStageRequest>(lowerFirst(picked(properties, ...created), stageMaps));
    const tags = { ...allTags(properties['Tags'], work) };
    const made = await work.call('apigateway', 'CreateStage', { ...input, tags });
    const place = placeOf(properties);
    await orUndone(
      () => changeStage(place, narrowed(shownStage(made, properties, work), properties), properties, work),
      () => work.call('apigateway', 'DeleteStage', place),
    );
    return { id: made.stageName ?? '', attributes: {} };
  },
  async look({ properties }, work) {
    const now = await work.call('apigateway', 'GetStage', placeOf(properties));
    return { ...shownStage(now, properties, work), RestApiId: text(properties['RestApiId']) ?? '' };
  },
  async change({ properties }, now, wanted, work) {
    const place = placeOf(properties);
    await changeStage(place, now, wanted, work);
    await retagStage(place, wanted['Tags'], work);
  },
  remove: ({ properties }, work) => work.call('apigateway', 'DeleteStage', placeOf(properties)),
});
