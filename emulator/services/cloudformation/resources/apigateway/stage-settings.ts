import type { Stage } from '@aws-sdk/client-api-gateway';
import type { Json } from '../../../../state/state.ts';
import { isObject } from '../gateway/narrowed.ts';
import { shown } from '../gateway/shown.ts';
import { ownTagList } from '../gateway/tags.ts';
import type { Properties, ResourceWork } from '../resource-type.ts';
import { text } from '../translate/shaped.ts';
import { entries, inside, patchWhatDiffers, value } from './differences.ts';
import { methodSettings, shownSettings } from './method-settings.ts';
import { retagAt } from './tagged.ts';

/** A stage's name and its API's id. */
export interface StagePlace {
  readonly restApiId: string | undefined;
  readonly stageName: string | undefined;
}

/** Members whose own members are a student's words. */
export const stageMaps = { maps: ['Variables', 'CanarySettings.StageVariableOverrides'] };

const differences = {
  DeploymentId: value('/deploymentId', 'stays'),
  Description: value('/description'),
  CacheClusterEnabled: value('/cacheClusterEnabled', { becomes: 'false' }),
  CacheClusterSize: value('/cacheClusterSize', 'stays'),
  ClientCertificateId: value('/clientCertificateId'),
  DocumentationVersion: value('/documentationVersion'),
  TracingEnabled: value('/tracingEnabled', { becomes: 'false' }),
  Variables: entries('/variables'),
  AccessLogSetting: inside(
    {
      DestinationArn: value('/accessLogSettings/destinationArn', 'stays'),
      Format: value('/accessLogSettings/format', 'stays'),
    },
    '/accessLogSettings',
  ),
  CanarySetting: inside(
    {
      DeploymentId: value('/canarySettings/deploymentId', 'stays'),
      PercentTraffic: value('/canarySettings/percentTraffic', { becomes: '0' }),
      UseStageCache: value('/canarySettings/useStageCache', { becomes: 'false' }),
      StageVariableOverrides: entries('/canarySettings/stageVariableOverrides'),
    },
    '/canarySettings',
  ),
  MethodSettings: methodSettings,
};

/** Changes a stage's settings from what they are to what is wanted. */
export async function changeStage(
  place: StagePlace,
  now: Properties,
  wanted: Properties,
  work: ResourceWork,
): Promise<void> {
  await patchWhatDiffers(differences, now, wanted, (patchOperations) =>
    work.call('apigateway', 'UpdateStage', { ...place, patchOperations }),
  );
}

/** Gives a stage the tags that it is to have. @param wanted as the template has them */
export async function retagStage(
  place: StagePlace,
  wanted: Json | undefined,
  work: ResourceWork,
): Promise<void> {
  await retagAt(`/restapis/${place.restApiId ?? ''}/stages/${place.stageName ?? ''}`, wanted, work);
}

/** A stage as a template would have it. @param given as the template has it */
export function shownStage(stage: Stage, given: Properties, work: ResourceWork): Properties {
  const { accessLogSettings, canarySettings, methodSettings: settings, tags, ...own } = stage;

  return {
    ...shown(own, stageMaps),
    ...(accessLogSettings !== undefined && {
      AccessLogSetting: shownLog(shown(accessLogSettings), given['AccessLogSetting']),
    }),
    ...(canarySettings !== undefined && {
      CanarySetting: shown(canarySettings, { maps: ['StageVariableOverrides'] }),
    }),
    MethodSettings: shownSettings(settings, given['MethodSettings']),
    Tags: ownTagList(tags, work, given['Tags']),
  };
}

/** What `GetAtt` gives for a log group ends with `:*`, which a stage does not keep. */
function shownLog(log: Json, given: Json | undefined): Json {
  const asked = isObject(given) ? text(given['DestinationArn']) : undefined;
  if (!isObject(log) || asked === undefined || asked.replace(/:\*$/, '') !== log['DestinationArn'])
    return log;
  return { ...log, DestinationArn: asked };
}
