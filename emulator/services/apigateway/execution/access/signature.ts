import { createHash } from 'node:crypto';
import type { ServiceFailure } from '../../../../service/failure.ts';
import type { GatewayResponseType } from '@aws-sdk/client-api-gateway';
import { GatewayFailure } from '../exchange.ts';

/** A failure that AWS names otherwise in `x-amzn-ErrorType` than its gateway response's other failures. */
export class NamedFailure extends GatewayFailure {
  readonly errorType: string;
  constructor(type: GatewayResponseType, said: string, errorType: string, status: number) {
    super(type, said, { status });
    this.errorType = errorType;
  }
}

export const missingToken = (): GatewayFailure =>
  new GatewayFailure('MISSING_AUTHENTICATION_TOKEN', 'Missing Authentication Token');

/** What is said of an `Authorization` header that is no signature, where one is asked for. */
export function notASignature(authorization: string): GatewayFailure {
  const hashed = createHash('sha256').update(authorization).digest('base64');
  return new NamedFailure(
    'DEFAULT_4XX',
    `Invalid key=value pair (missing equal-sign) in Authorization header (hashed with SHA-256 and encoded with Base64): '${hashed}'.`,
    'IncompleteSignatureException',
    403,
  );
}

/** What is said of a signature that is wrong, of a key that nobody knows, of a session that has ended. */
export function refusedSignature({ code, message }: ServiceFailure): GatewayFailure {
  if (code === 'ExpiredTokenException') return new GatewayFailure('EXPIRED_TOKEN', message);
  if (code === 'InvalidSignatureException') return new GatewayFailure('INVALID_SIGNATURE', message);
  if (code === 'MissingAuthenticationTokenException') return missingToken();
  return new NamedFailure('INVALID_SIGNATURE', message, code, 403);
}
