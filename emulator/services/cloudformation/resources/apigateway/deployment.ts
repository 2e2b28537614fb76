import type { CreateDeploymentRequest } from '@aws-sdk/client-api-gateway';
import type { Json } from '../../../../state/state.ts';
import { fromOperations } from '../gateway/from-operations.ts';
import { ifThere, orUndone } from '../translate/gone.ts';
import { isObject, membersIn, narrowed } from '../gateway/narrowed.ts';
import type { Properties, ResourceWork } from '../resource-type.ts';
import { lowerFirst } from '../translate/letters.ts';
import { picked, shaped, text } from '../translate/shaped.ts';
import { patchWhatDiffers, value } from './differences.ts';
import { settingNames } from './method-settings.ts';
import { changeStage, retagStage, shownStage, type StagePlace } from './stage-settings.ts';
import { listed } from './listed.ts';

const differences = { Description: value('/description', { becomes: '' }) };

/** What a deployment's own stage served before: it serves that again when the deployment goes and that is still there. */
const BEFORE = 'PreviousDeploymentId';

/**
 * `AWS::ApiGateway::Deployment`, with the stage that it may make or change. `Ref` is the deployment's id.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-deployment.html
 */
export const deployment = fromOperations({
  async create(properties, work) {
    const restApiId = text(properties['RestApiId']);
    const place = stageOf(properties);
    const before = place && (await ifThere(work.call('apigateway', 'GetStage', place)));
    const canary = properties['DeploymentCanarySettings'];
    const { id = '' } = await work.call('apigateway', 'CreateDeployment', {
      restApiId,
      description: text(properties['Description']),
      ...(place !== undefined && { stageName: place.stageName }),
      ...(isObject(canary) && {
        canarySettings: shaped<CreateDeploymentRequest['canarySettings']>(
          lowerFirst(canary, { maps: ['StageVariableOverrides'] }),
        ),
      }),
    });
    const served = { ...(before?.deploymentId !== undefined && { [BEFORE]: before.deploymentId }) };
    const attributes = { DeploymentId: id, ...served };
    if (place !== undefined)
      await orUndone(
        () => describe(place, {}, properties, work),
        () => takeAway({ id, attributes, properties }, work),
      );
    return { id, attributes };
  },
  async look({ id, properties }, work) {
    const restApiId = text(properties['RestApiId']);
    const { description } = await work.call('apigateway', 'GetDeployment', { restApiId, deploymentId: id });
    return {
      RestApiId: restApiId ?? '',
      ...(description !== undefined && { Description: description }),
      ...picked(properties, 'StageName'),
    };
  },
  async change({ id, properties }, now, wanted, work) {
    const restApiId = text(properties['RestApiId']);
    await patchWhatDiffers(differences, now, wanted, (patchOperations) =>
      work.call('apigateway', 'UpdateDeployment', { restApiId, deploymentId: id, patchOperations }),
    );
    const place = stageOf(wanted);
    if (place === undefined) return;
    if ((await ifThere(work.call('apigateway', 'GetStage', place))) === undefined)
      await work.call('apigateway', 'CreateStage', { ...place, deploymentId: id });
    await describe(place, stageProperties(properties), wanted, work);
  },
  remove: takeAway,
  /** By its description alone, which SAM makes of what is deployed; of one without, nothing tells whose it is. */
  async trace(properties, work) {
    const restApiId = text(properties['RestApiId']);
    const { Description } = properties;
    if (Description === undefined) return undefined;
    const all = await listed((page) => work.call('apigateway', 'GetDeployments', { restApiId, ...page }));
    const { item: stages = [] } = await work.call('apigateway', 'GetStages', { restApiId });
    const own = text(properties['StageName']);
    const isServed = (id: string | undefined): boolean =>
      stages.some(({ deploymentId, stageName }) => deploymentId === id && stageName !== own);
    const [found] = all
      .filter(({ id, description }) => description === Description && !isServed(id))
      .sort((one, other) => Number(other.createdDate) - Number(one.createdDate));
    return found?.id;
  },
});

function stageOf(properties: Properties): StagePlace | undefined {
  const stageName = text(properties['StageName']);
  return stageName === undefined || stageName === ''
    ? undefined
    : { restApiId: text(properties['RestApiId']), stageName };
}

/**
 * `StageDescription` as the properties of a stage. Settings that it has itself are those of all methods.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-apigateway-deployment-stagedescription.html
 */
function stageProperties(properties: Properties): Properties {
  const given = Object.fromEntries(membersIn(properties['StageDescription']));
  const general = picked(given, ...settingNames);
  const { MethodSettings } = given;
  const listed: readonly Json[] = Array.isArray(MethodSettings) ? (MethodSettings as readonly Json[]) : [];
  const all = Object.keys(general).length === 0 ? [] : [{ ResourcePath: '/*', HttpMethod: '*', ...general }];
  const settings = [...all, ...listed];
  return {
    ...Object.fromEntries(Object.entries(given).filter(([name]) => !settingNames.includes(name))),
    ...(settings.length > 0 && { MethodSettings: settings }),
  };
}

/** Gives the deployment's stage what the template says of it. */
async function describe(
  place: StagePlace,
  before: Properties,
  properties: Properties,
  work: ResourceWork,
): Promise<void> {
  const wanted = stageProperties(properties);
  const stage = await work.call('apigateway', 'GetStage', place);
  await changeStage(place, narrowed(shownStage(stage, wanted, work), before, wanted), wanted, work);
  if (before['Tags'] !== undefined || wanted['Tags'] !== undefined)
    await retagStage(place, wanted['Tags'], work);
}

/* A deployment that a stage serves cannot go: its own stage goes with it, or back to what it served before. */
async function takeAway(
  { id, attributes, properties }: { id: string; attributes: Properties; properties: Properties },
  work: ResourceWork,
): Promise<void> {
  const restApiId = text(properties['RestApiId']);
  const place = stageOf(properties);
  const stage = place && (await ifThere(work.call('apigateway', 'GetStage', place)));
  const previous = text(attributes[BEFORE]);
  const patch = (operation: { op: 'remove' | 'replace'; path: string; value?: string }) =>
    work.call('apigateway', 'UpdateStage', {
      restApiId,
      stageName: stage?.stageName,
      patchOperations: [operation],
    });
  if (stage?.canarySettings?.deploymentId === id) await patch({ op: 'remove', path: '/canarySettings' });
  if (place !== undefined && stage?.deploymentId === id) {
    const there =
      previous !== undefined &&
      (await ifThere(work.call('apigateway', 'GetDeployment', { restApiId, deploymentId: previous })));
    if (there) await patch({ op: 'replace', path: '/deploymentId', value: previous });
    else await work.call('apigateway', 'DeleteStage', place);
  }
  await work.call('apigateway', 'DeleteDeployment', { restApiId, deploymentId: id });
}
