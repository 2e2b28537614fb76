import type { UpdateFunctionConfigurationRequest } from '@aws-sdk/client-lambda';
import type { Call } from '../../../service/call.ts';
import type { LambdaContext, LambdaOperations } from '../context.ts';
import { readFunctionName } from '../names/name.ts';
import { takePackage } from '../package/source.ts';
import { checkLayers, checkSize } from '../layers/uses.ts';
import { checkRuntime } from '../runtimes/runtimes.ts';
import { checkCapacity } from './capacity.ts';
import { configurationOf } from './configuration.ts';
import { checkArchitecture, checkHandler, refuseSnapStart } from './create.ts';
import { checkDeadLetter, deadLetterOf } from './dead-letter.ts';
import { checkEnvironment } from './environment.ts';
import { checkChangeable, checkRevision } from './functions.ts';
import { readLogging } from './logging.ts';
import type { FunctionRecord, FunctionSettings } from './record.ts';
import { checkRole } from './role.ts';
import { refuseUnsupported } from './unsupported.ts';

const readOfCode = [
  'Architectures',
  'DryRun',
  'FunctionName',
  'Publish',
  'RevisionId',
  'S3Bucket',
  'S3Key',
  'S3ObjectVersion',
  'ZipFile',
];
const readOfConfiguration = [
  'DeadLetterConfig',
  'Description',
  'Environment',
  'EphemeralStorage',
  'FunctionName',
  'Handler',
  'KMSKeyArn',
  'Layers',
  'LoggingConfig',
  'MemorySize',
  'RevisionId',
  'Role',
  'Runtime',
  'SnapStart',
  'Timeout',
  'TracingConfig',
];

/** `UpdateFunctionCode` and `UpdateFunctionConfiguration`. */
export function updateFunction(
  context: LambdaContext,
): Required<Pick<LambdaOperations, 'UpdateFunctionCode' | 'UpdateFunctionConfiguration'>> {
  const { functions, versions, cloud } = context;

  /* The function that a call wants to change, in a state in which it can be changed. */
  const changeable = (call: Call, input: { FunctionName?: string; RevisionId?: string }): FunctionRecord => {
    const { name } = readFunctionName(input.FunctionName ?? '', call);
    const record = functions.get(call, { name, qualifier: undefined });
    checkRevision(record, input.RevisionId);
    checkChangeable(call, record);
    return record;
  };

  return {
    async UpdateFunctionCode(input, call) {
      const record = changeable(call, input);
      refuseUnsupported(input, readOfCode);
      const { settings } = record.deployment;
      const architecture = checkArchitecture(input.Architectures) ?? settings.architecture;
      const code = await takePackage(cloud, call, input, input.DryRun !== true);
      if (input.DryRun !== true) await checkSize(context.cloud, settings.layers ?? [], code);
      const changed = { ...settings, architecture, code };
      if (input.DryRun === true) {
        return configurationOf(call, { ...record, deployment: { ...record.deployment, settings: changed } });
      }
      const updated = functions.update(call, record, changed);
      if (input.Publish !== true) return configurationOf(call, updated);
      const published = versions.publish(call, updated, undefined);
      return configurationOf(call, versions.viewOf(published), published.version);
    },

    async UpdateFunctionConfiguration(input, call) {
      const record = changeable(call, input);
      const changed = changeSettings(record, input, cloud.clock.now());
      const iam = await cloud.port('iam');
      const role = input.Role === undefined ? changed.role : checkRole(input.Role, call, iam);
      if (input.DeadLetterConfig !== undefined) checkDeadLetter(changed.deadLetter, role, call, iam);
      const layers =
        input.Layers === undefined
          ? changed.layers
          : await checkLayers(context, call, input.Layers, changed.code);
      return configurationOf(
        call,
        functions.update(call, record, { ...changed, role, ...(layers === undefined ? {} : { layers }) }),
      );
    },
  };
}

/* What a call does not name stays as it is; `Environment` is replaced whole. */
function changeSettings(
  record: FunctionRecord,
  input: UpdateFunctionConfigurationRequest,
  now: number,
): FunctionSettings {
  refuseUnsupported(input, readOfConfiguration);
  refuseSnapStart(input.SnapStart?.ApplyOn);
  const { settings: old } = record.deployment;
  if (input.Runtime !== undefined) checkRuntime(input.Runtime, 'update', now);
  const environment =
    input.Environment === undefined ? old.environment : checkEnvironment(input.Environment.Variables ?? {});
  const kmsKeyArn = input.KMSKeyArn === '' ? undefined : (input.KMSKeyArn ?? old.kmsKeyArn);
  return {
    code: old.code,
    role: old.role,
    runtime: input.Runtime ?? old.runtime,
    handler: input.Handler === undefined ? old.handler : checkHandler(input.Handler),
    description: input.Description ?? old.description,
    timeoutSeconds: checkCapacity('timeoutSeconds', input.Timeout ?? old.timeoutSeconds),
    memoryMB: checkCapacity('memoryMB', input.MemorySize ?? old.memoryMB),
    ephemeralStorageMB: checkCapacity(
      'ephemeralStorageMB',
      input.EphemeralStorage?.Size ?? old.ephemeralStorageMB,
    ),
    architecture: old.architecture,
    logging: readLogging(input.LoggingConfig, old.logging, record.name),
    tracing: input.TracingConfig?.Mode ?? old.tracing,
    ...(old.layers === undefined ? {} : { layers: old.layers }),
    ...(environment === undefined ? {} : { environment }),
    ...deadLetterOf(input.DeadLetterConfig?.TargetArn ?? old.deadLetter),
    ...(kmsKeyArn === undefined ? {} : { kmsKeyArn }),
  };
}
