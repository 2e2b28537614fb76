import { constraintBroken } from '../failures.ts';

/*
 * The API's model allows more since there are Managed Instances; a normal function has these limits
 * (AWS Lambda quotas).
 */
const most = { timeoutSeconds: 900, memoryMB: 10_240, ephemeralStorageMB: 10_240 } as const;
const least = { timeoutSeconds: 1, memoryMB: 128, ephemeralStorageMB: 512 } as const;

const names = {
  timeoutSeconds: 'timeout',
  memoryMB: 'memorySize',
  ephemeralStorageMB: 'ephemeralStorage.size',
} as const;

/** @throws ServiceFailure where a value is outside what a normal function can have */
export function checkCapacity(member: keyof typeof most, value: number): number {
  if (value < least[member]) {
    throw constraintBroken(
      String(value),
      names[member],
      `Member must have value greater than or equal to ${least[member]}`,
    );
  }
  if (value > most[member]) {
    throw constraintBroken(
      String(value),
      names[member],
      `Member must have value less than or equal to ${most[member]}`,
    );
  }
  return value;
}
