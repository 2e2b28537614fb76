import type { CreateFunctionRequest } from '@aws-sdk/client-lambda';
import type { LambdaContext, LambdaOperations } from '../context.ts';
import { constraintBroken, invalidParameter, notBuilt } from '../failures.ts';
import { readNewFunctionName } from '../names/name.ts';
import { takePackage } from '../package/source.ts';
import { checkLayers } from '../layers/uses.ts';
import { checkRuntime } from '../runtimes/runtimes.ts';
import { checkTags } from '../tags/tags.ts';
import { checkCapacity } from './capacity.ts';
import { configurationOf } from './configuration.ts';
import { checkDeadLetter, deadLetterOf } from './dead-letter.ts';
import { checkEnvironment } from './environment.ts';
import { readLogging } from './logging.ts';
import type { FunctionSettings } from './record.ts';
import { checkRole } from './role.ts';
import { refuseUnsupported } from './unsupported.ts';

const read = [
  'Architectures',
  'Code',
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
  'PackageType',
  'Publish',
  'Role',
  'Runtime',
  'SnapStart',
  'Tags',
  'Timeout',
  'TracingConfig',
];

/** `CreateFunction`. */
export function createFunction(context: LambdaContext): Required<Pick<LambdaOperations, 'CreateFunction'>> {
  return {
    async CreateFunction(input, call) {
      const name = readNewFunctionName(input.FunctionName ?? '', call);
      const draft = readNewSettings(input, name, context.cloud.clock.now());
      const tags = checkTags(call, input.Tags ?? {}, {});
      context.functions.checkFree(call, name);
      const iam = await context.cloud.port('iam');
      const role = checkRole(input.Role ?? '', call, iam);
      checkDeadLetter(draft.deadLetter, role, call, iam);
      const code = await takePackage(context.cloud, call, input.Code ?? {});
      const layers = await checkLayers(context, call, input.Layers ?? [], code);
      const settings = { ...draft, role, code, ...(layers.length === 0 ? {} : { layers }) };
      const record = context.functions.create(call, name, settings, tags);
      if (input.Publish !== true) return configurationOf(call, record);
      // Answered with the version's number and the function's own ARN (recorded: test_invocation_with_qualifier).
      const { version } = context.versions.publish(call, record, undefined);
      return configurationOf(call, { ...record, version });
    },
  };
}

function readNewSettings(
  input: CreateFunctionRequest,
  name: string,
  now: number,
): Omit<FunctionSettings, 'role' | 'code'> {
  if (input.PackageType === 'Image') throw notBuilt('container images (PackageType Image)');
  refuseUnsupported(input, read);
  refuseUnsupported(input.Code ?? {}, ['ZipFile', 'S3Bucket', 'S3Key', 'S3ObjectVersion']);
  refuseSnapStart(input.SnapStart?.ApplyOn);
  const { Runtime: runtime, Handler: handler } = input;
  if (runtime === undefined || handler === undefined) {
    throw invalidParameter(
      'Runtime and Handler are mandatory parameters for functions created with deployment packages.',
    );
  }
  checkRuntime(runtime, 'create', now);
  return {
    runtime,
    handler: checkHandler(handler),
    description: input.Description ?? '',
    timeoutSeconds: checkCapacity('timeoutSeconds', input.Timeout ?? 3),
    memoryMB: checkCapacity('memoryMB', input.MemorySize ?? 128),
    ephemeralStorageMB: checkCapacity('ephemeralStorageMB', input.EphemeralStorage?.Size ?? 512),
    architecture: checkArchitecture(input.Architectures) ?? 'x86_64',
    logging: readLogging(input.LoggingConfig, undefined, name),
    tracing: input.TracingConfig?.Mode ?? 'PassThrough',
    ...(input.Environment === undefined
      ? {}
      : { environment: checkEnvironment(input.Environment.Variables ?? {}) }),
    ...deadLetterOf(input.DeadLetterConfig?.TargetArn),
    ...(input.KMSKeyArn === undefined || input.KMSKeyArn === '' ? {} : { kmsKeyArn: input.KMSKeyArn }),
  };
}

/** A handler without a dot is accepted, as on AWS: the function then fails at its start. */
export function checkHandler(handler: string): string {
  if (!/^\S+$/.test(handler)) {
    throw constraintBroken(handler, 'handler', 'Member must satisfy regular expression pattern: [^\\s]+');
  }
  if (handler.length > 128) {
    throw constraintBroken(handler, 'handler', 'Member must have length less than or equal to 128');
  }
  return handler;
}

/** @throws ServiceFailure as recorded for several and for unknown architectures */
export function checkArchitecture(
  architectures: readonly string[] | undefined,
): FunctionSettings['architecture'] | undefined {
  if (architectures === undefined) return undefined;
  const list = `[${architectures.join(', ')}]`;
  if (architectures.length > 1) {
    throw constraintBroken(list, 'architectures', 'Member must have length less than or equal to 1');
  }
  const [architecture] = architectures;
  if (architecture !== 'x86_64' && architecture !== 'arm64') {
    throw constraintBroken(
      list,
      'architectures',
      'Member must satisfy constraint: [Member must satisfy enum value set: [x86_64, arm64], Member must not be null]',
    );
  }
  return architecture;
}

/** SnapStart exists for other runtimes than this emulator runs. */
export function refuseSnapStart(applyOn: string | undefined): void {
  if (applyOn !== undefined && applyOn !== 'None') throw notBuilt('SnapStart');
}
