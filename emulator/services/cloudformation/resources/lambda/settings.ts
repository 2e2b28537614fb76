import type * as lambda from '@aws-sdk/client-lambda';
import type { OperationOf } from '../../../../service/inner-calls.ts';
import type { InputOf } from '../../../../service/operations.ts';
import type { Json } from '../../../../state/state.ts';
import type { Properties } from '../resource-type.ts';
import { picked, shaped } from '../translate/shaped.ts';

/** The input of one of Lambda's operations. */
export type Input<Name extends OperationOf<typeof lambda>> = InputOf<typeof lambda, Name>;

/** What a function has where its template says nothing: what a template says no more becomes this again. */
const defaults: Readonly<Record<string, Json>> = {
  DeadLetterConfig: { TargetArn: '' },
  Description: '',
  Environment: { Variables: {} },
  EphemeralStorage: { Size: 512 },
  Layers: [],
  MemorySize: 128,
  Timeout: 3,
  TracingConfig: { Mode: 'PassThrough' },
};

/** What of a function's properties is set by operations of its own. */
export const apart = [
  'Code',
  'FunctionName',
  'RecursiveLoop',
  'ReservedConcurrentExecutions',
  'RuntimeManagementConfig',
  'Tags',
];

/** The properties that an operation on a function takes as they are. */
export const plainSettings = (properties: Properties, ...not: readonly string[]): Record<string, Json> => {
  const names = Object.keys(properties).filter((name) => ![...apart, ...not, 'KmsKeyArn'].includes(name));
  return picked(properties, ...names);
};

/** A function's whole configuration. */
export const settingsOf = (FunctionName: string, wanted: Properties): Input<'UpdateFunctionConfiguration'> =>
  shaped({
    ...defaults,
    LoggingConfig: { LogFormat: 'Text', LogGroup: `/aws/lambda/${FunctionName}` },
    ...plainSettings(wanted, 'PackageType', 'Architectures'),
    FunctionName,
    KMSKeyArn: wanted['KmsKeyArn'] ?? '',
  });
