import type { CacheClusterSize, CanarySettings } from '@aws-sdk/client-api-gateway';
import type { StageDefinition } from '../definition/definition.ts';
import { badRequest } from '../../../gateway/failures.ts';
import { entry, field, flag, numeric, text, without } from '../patch/fields.ts';
import { copyRefused, invalidOperation, stagePaths } from '../patch/refusals.ts';
import type { Change, PatchTable, PathRule } from '../patch/rules.ts';
import { methodSettingRules } from './method-settings.ts';

const sizes: readonly string[] = ['0.5', '1.6', '6.1', '13.5', '28.4', '58.2', '118', '237'];

function readSize(value: string | undefined): CacheClusterSize {
  if (value === undefined || !sizes.includes(value))
    throw badRequest(`Invalid cache cluster size specified. Valid options are ${sizes.join(',')}`);
  return value as CacheClusterSize;
}

/** What a patch needs to know of the API. */
export interface StageSurroundings {
  /** @throws BadRequestException where there is no such deployment */
  readonly deployment: (id: string | undefined) => string;
}

/** https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html#UpdateStage-Patch */
export function stagePatches({ deployment }: StageSurroundings): PatchTable<StageDefinition> {
  return {
    refuse: stagePaths,
    rules: [
      {
        path: '/deploymentId',
        replace: (stage, { value }) => ({ ...stage, deploymentId: deployment(value) }),
        copy: (stage, change) => {
          if (change.from !== '/canarySettings/deploymentId') throw copyRefused(change.path, change.from);
          return { ...stage, deploymentId: promoted(stage).deploymentId ?? stage.deploymentId };
        },
      },
      field('/description', 'description', text, ['add', 'replace', 'remove']),
      field('/cacheClusterEnabled', 'cacheClusterEnabled', flag, ['add', 'replace']),
      field('/cacheClusterSize', 'cacheClusterSize', readSize, ['add', 'replace']),
      field('/clientCertificateId', 'clientCertificateId', text, ['add', 'replace', 'remove']),
      field('/documentationVersion', 'documentationVersion', text, ['add', 'replace', 'remove']),
      field('/tracingEnabled', 'tracingEnabled', flag, ['add', 'replace']),
      entry<StageDefinition, 'variables'>('/variables/{name}', 'variables', (value) => value ?? ''),
      {
        path: '/variables',
        copy: (stage, change) => {
          if (change.from !== '/canarySettings/stageVariableOverrides')
            throw copyRefused(change.path, change.from);
          const { stageVariableOverrides } = promoted(stage);
          // Recorded: variables that the canary did not override stay, and none appear where it overrode none.
          if (stageVariableOverrides === undefined) return stage;
          return { ...stage, variables: { ...stage.variables, ...stageVariableOverrides } };
        },
      },
      ...accessLogRules,
      ...canaryRules(deployment),
      ...methodSettingRules,
    ],
  };
}

/** The canary that is promoted. @throws BadRequestException in the recorded words */
function promoted(stage: StageDefinition): CanarySettings {
  if (stage.canarySettings === undefined) throw badRequest('Promotion not available. Canary does not exist.');
  return stage.canarySettings;
}

const setLog =
  (name: 'destinationArn' | 'format') =>
  (stage: StageDefinition, { value }: Change): StageDefinition => {
    if (value === undefined || value === '') throw badRequest('Access Log value must not be empty');
    if (name === 'destinationArn' && !/^arn:aws[\w-]*:(logs|firehose):/.test(value))
      throw badRequest('Invalid ARN specified in the request');
    // Logs' own answers have `:*` behind a group's name; AWS keeps none.
    const kept = name === 'destinationArn' ? value.replace(/:\*$/, '') : value;
    return { ...stage, accessLogSettings: { ...stage.accessLogSettings, [name]: kept } };
  };

const accessLogRules: readonly PathRule<StageDefinition>[] = [
  { path: '/accessLogSettings', remove: (stage) => without(stage, 'accessLogSettings') },
  {
    path: '/accessLogSettings/destinationArn',
    add: setLog('destinationArn'),
    replace: setLog('destinationArn'),
  },
  { path: '/accessLogSettings/format', add: setLog('format'), replace: setLog('format') },
];

const noPercent = (): Error => badRequest('Canary percentTraffic must be between 0.0 and 100.0');
const percent = numeric(noPercent, false);

function canaryRules(deployment: StageSurroundings['deployment']): readonly PathRule<StageDefinition>[] {
  /** A canary begins when the first of its settings is made, with nothing sent to it. Recorded. */
  const canaryOf = (stage: StageDefinition): CanarySettings =>
    stage.canarySettings ?? { deploymentId: stage.deploymentId, percentTraffic: 0, useStageCache: false };
  const set =
    (change: (canary: CanarySettings, patch: Change) => CanarySettings) =>
    (stage: StageDefinition, patch: Change): StageDefinition => ({
      ...stage,
      canarySettings: change(canaryOf(stage), patch),
    });
  const overrides = (canary: CanarySettings): Record<string, string> => ({
    ...canary.stageVariableOverrides,
  });
  const override = set((canary, { names, value = '' }) => ({
    ...canary,
    stageVariableOverrides: { ...overrides(canary), [names['name'] ?? '']: value },
  }));
  return [
    { path: '/canarySettings', remove: (stage) => without(stage, 'canarySettings') },
    {
      path: '/canarySettings/deploymentId',
      refuse: invalidOperation,
      replace: set((canary, { value }) => ({ ...canary, deploymentId: deployment(value) })),
    },
    {
      path: '/canarySettings/percentTraffic',
      refuse: invalidOperation,
      replace: set((canary, change) => {
        const percentTraffic = percent(change.value, change);
        if (percentTraffic < 0 || percentTraffic > 100) throw noPercent();
        return { ...canary, percentTraffic };
      }),
    },
    {
      path: '/canarySettings/useStageCache',
      refuse: invalidOperation,
      replace: set((canary, change) => ({ ...canary, useStageCache: flag(change.value, change) })),
    },
    {
      path: '/canarySettings/stageVariableOverrides/{name}',
      add: override,
      replace: override,
      remove: set((canary, { names }) => ({
        ...canary,
        stageVariableOverrides: without(overrides(canary), names['name'] ?? ''),
      })),
    },
  ];
}
