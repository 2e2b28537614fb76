import type { Scope } from '../../../service/call.ts';
import type { Functions } from '../functions/functions.ts';
import type { Provisioning } from './provisioning.ts';

/** How many environments an account can have at work in a region, and how many of them cannot be reserved. */
export const accountLimit = 1000;
export const unreservedMinimum = 100;

/**
 * What is left for functions without a reservation: provisioned concurrency of a function that has no reservation
 * is taken from it, too; of one that has, it is part of the reservation (Developer Guide, "Provisioned concurrency").
 */
export function unreserved(functions: Functions, provisioning: Provisioning, scope: Scope): number {
  let left = accountLimit;
  const reserving = new Set<string>();
  for (const { name, reserved } of functions.reservations(scope)) {
    if (reserved === undefined) continue;
    left -= reserved;
    reserving.add(name);
  }
  for (const { functionName, requested } of provisioning.all(scope)) {
    if (!reserving.has(functionName)) left -= requested;
  }
  return left;
}
