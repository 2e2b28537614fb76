import { iamTypes } from './iam/types.ts';
import type { ResourceType } from './resource-type.ts';

/** How the resources of every type that the cloud has are made, changed and removed. */
export const types: Readonly<Record<string, ResourceType>> = {
  ...iamTypes,
};
