import { badRequest } from '../../../gateway/failures.ts';

/** @throws BadRequestException in the recorded words */
export function checkKeyName(name: string | undefined): void {
  if (name !== undefined && name.length > 1024)
    throw badRequest('Invalid API Key name, can be at most 1024 characters.');
}

/** @throws BadRequestException in the recorded words */
export function checkKeyDescription(description: string | undefined): void {
  if (description !== undefined && description.length > 125_000)
    throw badRequest('Invalid API Key description specified.');
}

/** @throws BadRequestException in the recorded words */
export function checkKeyValue(value: string): void {
  if (value.length < 20) throw badRequest('API Key value should be at least 20 characters');
  if (value.length > 128) throw badRequest('API Key value exceeds maximum size of 128 characters');
}
