import type { ResourceType } from '../resource-type.ts';
import { alias } from './alias.ts';
import { eventInvokeConfig } from './event-invoke-config.ts';
import { eventSourceMapping } from './event-source-mapping.ts';
import { lambdaFunction } from './function.ts';
import { layerVersion } from './layer-version.ts';
import { layerVersionPermission } from './layer-version-permission.ts';
import { permission } from './permission.ts';
import { url } from './url.ts';
import { version } from './version.ts';

/** The resource types of Lambda. */
export const lambdaTypes = {
  'AWS::Lambda::Alias': alias,
  'AWS::Lambda::EventInvokeConfig': eventInvokeConfig,
  'AWS::Lambda::EventSourceMapping': eventSourceMapping,
  'AWS::Lambda::Function': lambdaFunction,
  'AWS::Lambda::LayerVersion': layerVersion,
  'AWS::Lambda::LayerVersionPermission': layerVersionPermission,
  'AWS::Lambda::Permission': permission,
  'AWS::Lambda::Url': url,
  'AWS::Lambda::Version': version,
} satisfies Record<string, ResourceType>;
