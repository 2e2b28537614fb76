import type { RunningService } from '../../service/service.ts';
import type { Call, Scope } from '../../service/call.ts';
import type { LambdaClientModule } from './context.ts';
import { functionArn, readFunctionName } from './names/name.ts';
import { mappingArn } from './event-sources/mappings/answer.ts';
import type { Mappings } from './event-sources/mappings/mappings.ts';
import { layerArn } from './layers/layers.ts';
import type { LambdaPort } from './port.ts';

type Resources = NonNullable<RunningService<LambdaClientModule, LambdaPort>['resources']>;

/* A name that cannot be read names no resource: the operation itself answers why. */
function arnOf(
  operation: string,
  input: { FunctionName?: string; Qualifier?: string },
  scope: Scope,
): string {
  const value = input.FunctionName ?? '';
  try {
    const { name, qualifier } = readFunctionName(value, { ...scope, operation }, input.Qualifier);
    return functionArn(scope, name, qualifier);
  } catch {
    return value;
  }
}

function layerOf(input: { LayerName?: string; VersionNumber?: number }, scope: Scope): string {
  const name = input.LayerName ?? '';
  return layerArn(scope, name.slice(name.lastIndexOf(':') + 1), input.VersionNumber);
}

/** What role sessions are allowed or refused on, operation by operation (service authorization reference, AWS Lambda). */
export const resourceNames: Resources = {
  PutFunctionEventInvokeConfig: (input, scope) => arnOf('PutFunctionEventInvokeConfig', input, scope),
  UpdateFunctionEventInvokeConfig: (input, scope) => arnOf('UpdateFunctionEventInvokeConfig', input, scope),
  GetFunctionEventInvokeConfig: (input, scope) => arnOf('GetFunctionEventInvokeConfig', input, scope),
  DeleteFunctionEventInvokeConfig: (input, scope) => arnOf('DeleteFunctionEventInvokeConfig', input, scope),
  ListFunctionEventInvokeConfigs: (input, scope) => arnOf('ListFunctionEventInvokeConfigs', input, scope),
  PutFunctionRecursionConfig: (input, scope) => arnOf('PutFunctionRecursionConfig', input, scope),
  CreateAlias: (input, scope) => arnOf('CreateAlias', input, scope),
  DeleteAlias: (input, scope) => arnOf('DeleteAlias', input, scope),
  GetAlias: (input, scope) => arnOf('GetAlias', input, scope),
  ListAliases: (input, scope) => arnOf('ListAliases', input, scope),
  PublishVersion: (input, scope) => arnOf('PublishVersion', input, scope),
  UpdateAlias: (input, scope) => arnOf('UpdateAlias', input, scope),
  AddPermission: (input, scope) => arnOf('AddPermission', input, scope),
  CreateFunction: (input, scope) => arnOf('CreateFunction', input, scope),
  DeleteFunction: (input, scope) => arnOf('DeleteFunction', input, scope),
  DeleteFunctionConcurrency: (input, scope) => arnOf('DeleteFunctionConcurrency', input, scope),
  GetFunction: (input, scope) => arnOf('GetFunction', input, scope),
  GetFunctionCodeSigningConfig: (input, scope) => arnOf('GetFunctionCodeSigningConfig', input, scope),
  GetFunctionConcurrency: (input, scope) => arnOf('GetFunctionConcurrency', input, scope),
  GetFunctionConfiguration: (input, scope) => arnOf('GetFunctionConfiguration', input, scope),
  GetFunctionRecursionConfig: (input, scope) => arnOf('GetFunctionRecursionConfig', input, scope),
  GetPolicy: (input, scope) => arnOf('GetPolicy', input, scope),
  GetRuntimeManagementConfig: (input, scope) => arnOf('GetRuntimeManagementConfig', input, scope),
  Invoke: (input, scope) => arnOf('Invoke', input, scope),
  InvokeAsync: (input, scope) => arnOf('InvokeAsync', input, scope),
  InvokeWithResponseStream: (input, scope) => arnOf('InvokeWithResponseStream', input, scope),
  ListTags: (input) => input.Resource ?? '',
  ListVersionsByFunction: (input, scope) => arnOf('ListVersionsByFunction', input, scope),
  DeleteProvisionedConcurrencyConfig: (input, scope) =>
    arnOf('DeleteProvisionedConcurrencyConfig', input, scope),
  GetProvisionedConcurrencyConfig: (input, scope) => arnOf('GetProvisionedConcurrencyConfig', input, scope),
  ListProvisionedConcurrencyConfigs: (input, scope) =>
    arnOf('ListProvisionedConcurrencyConfigs', input, scope),
  PutProvisionedConcurrencyConfig: (input, scope) => arnOf('PutProvisionedConcurrencyConfig', input, scope),
  CreateFunctionUrlConfig: (input, scope) => arnOf('CreateFunctionUrlConfig', input, scope),
  DeleteFunctionUrlConfig: (input, scope) => arnOf('DeleteFunctionUrlConfig', input, scope),
  GetFunctionUrlConfig: (input, scope) => arnOf('GetFunctionUrlConfig', input, scope),
  ListFunctionUrlConfigs: (input, scope) => arnOf('ListFunctionUrlConfigs', input, scope),
  UpdateFunctionUrlConfig: (input, scope) => arnOf('UpdateFunctionUrlConfig', input, scope),
  ListLayers: () => '*',
  GetLayerVersionByArn: (input) => input.Arn ?? '',
  PublishLayerVersion: (input, scope) => layerOf(input, scope),
  ListLayerVersions: () => '*',
  GetLayerVersion: (input, scope) => layerOf(input, scope),
  DeleteLayerVersion: (input, scope) => layerOf(input, scope),
  AddLayerVersionPermission: (input, scope) => layerOf(input, scope),
  RemoveLayerVersionPermission: (input, scope) => layerOf(input, scope),
  GetLayerVersionPolicy: (input, scope) => layerOf(input, scope),
  PutRuntimeManagementConfig: (input, scope) => arnOf('PutRuntimeManagementConfig', input, scope),
  PutFunctionConcurrency: (input, scope) => arnOf('PutFunctionConcurrency', input, scope),
  RemovePermission: (input, scope) => arnOf('RemovePermission', input, scope),
  TagResource: (input) => input.Resource ?? '',
  UntagResource: (input) => input.Resource ?? '',
  CreateEventSourceMapping: () => '*',
  ListEventSourceMappings: () => '*',
  GetEventSourceMapping: (input, scope) => mappingArn(scope, input.UUID ?? ''),
  UpdateEventSourceMapping: (input, scope) => mappingArn(scope, input.UUID ?? ''),
  DeleteEventSourceMapping: (input, scope) => mappingArn(scope, input.UUID ?? ''),
  UpdateFunctionCode: (input, scope) => arnOf('UpdateFunctionCode', input, scope),
  UpdateFunctionConfiguration: (input, scope) => arnOf('UpdateFunctionConfiguration', input, scope),
};

const ofMappings = new Set([
  'CreateEventSourceMapping',
  'UpdateEventSourceMapping',
  'DeleteEventSourceMapping',
]);

/** `lambda:FunctionArn`: a mapping has a number for a name, so policies tell mappings apart by their functions. */
export const mappedFunctionKey =
  (mappings: Mappings) =>
  (
    call: Pick<Call, 'operation' | 'account' | 'region'>,
    { FunctionName: name, UUID: uuid }: Readonly<Record<string, unknown>>,
  ): Readonly<Record<string, string>> => {
    if (!ofMappings.has(call.operation)) return {};
    // An update may name another function: what it is moved to counts.
    if (typeof name === 'string')
      return { 'lambda:FunctionArn': arnOf(call.operation, { FunctionName: name }, call) };
    const record = typeof uuid === 'string' ? mappings.find(call, uuid) : undefined;
    const told: Readonly<Record<string, string>> =
      record === undefined
        ? {}
        : { 'lambda:FunctionArn': functionArn(call, record.functionName, record.qualifier) };
    return told;
  };
