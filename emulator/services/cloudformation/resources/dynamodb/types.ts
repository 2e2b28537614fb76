import type { ResourceType } from '../resource-type.ts';
import { table } from './table.ts';

export const dynamodbTypes = {
  'AWS::DynamoDB::Table': table,
} satisfies Record<string, ResourceType>;
