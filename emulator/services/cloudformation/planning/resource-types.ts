import type { ResourceType } from '../resources/resource-type.ts';

/** How resources of a type are made; undefined: the cloud has none of that type. */
export type ResourceTypes = (type: string) => ResourceType | undefined;
