import type { ResourceType } from '../resource-type.ts';
import { parameter } from './parameter.ts';

export const ssmTypes = {
  'AWS::SSM::Parameter': parameter,
} satisfies Record<string, ResourceType>;
