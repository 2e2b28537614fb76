import type { ResourceType } from '../resource-type.ts';
import { managedPolicy } from './managed-policy.ts';
import { policy } from './policy.ts';
import { role } from './role.ts';
import { rolePolicy } from './role-policy.ts';

/** The resource types of IAM. */
export const iamTypes = {
  'AWS::IAM::ManagedPolicy': managedPolicy,
  'AWS::IAM::Policy': policy,
  'AWS::IAM::Role': role,
  'AWS::IAM::RolePolicy': rolePolicy,
} satisfies Record<string, ResourceType>;
