import type { ResourceWork } from '../resource-type.ts';
import { exchange } from '../translate/exchange.ts';

/** A managed policy and the role that it is attached to. */
export interface Attached {
  readonly RoleName: string;
  readonly PolicyArn: string;
}

/** Attaches what is wanted, and detaches what is wanted no more. @throws ServiceFailure as IAM has it */
export async function attach(
  wanted: readonly Attached[],
  before: readonly Attached[],
  work: ResourceWork,
): Promise<void> {
  await exchange(wanted, before, {
    key: ({ RoleName, PolicyArn }) => `${RoleName} ${PolicyArn}`,
    put: (one) => work.call('iam', 'AttachRolePolicy', { ...one }),
    remove: (one) => work.call('iam', 'DetachRolePolicy', { ...one }),
  });
}

/** The names in the order that a template has them, others after those. */
export const inOrderOf = (given: readonly string[], now: readonly string[]): string[] => [
  ...given.filter((one) => now.includes(one)),
  ...now.filter((one) => !given.includes(one)),
];
