import type { Cors } from '@aws-sdk/client-lambda';
import { invalidParameter } from '../failures.ts';

/** @throws ServiceFailure for what browsers would not take; undefined where nothing is set: an empty structure takes all away */
export function checkCors(cors: Cors | undefined): Cors | undefined {
  if (cors === undefined || Object.values(cors).every((value) => value === undefined)) return undefined;
  if (cors.AllowCredentials === true && cors.AllowOrigins?.includes('*') === true) {
    throw invalidParameter(
      'Invalid CORS configuration: AllowCredentials is not allowed with the AllowOrigins wildcard (*).',
    );
  }
  return cors;
}
