import type { ResourceType } from '../resource-type.ts';
import { stream } from './stream.ts';

export const kinesisTypes = {
  'AWS::Kinesis::Stream': stream,
} satisfies Record<string, ResourceType>;
