import { createHash } from 'node:crypto';
import type { Parameter, ParameterMetadata } from '@aws-sdk/client-ssm';
import type { Scope } from '../../../service/call.ts';
import { parameterArn, type ParameterRow, type VersionRow } from '../rows.ts';
import type { Found } from '../store.ts';

/** A parameter with its value, as the operations that read it answer. */
export function shown(scope: Scope, { row, at, selector }: Found, decrypted = false): Parameter {
  return {
    Name: row.name,
    Type: row.type,
    Value: valueOf(row, at, decrypted),
    Version: at.version,
    ...(selector !== undefined && { Selector: selector }),
    LastModifiedDate: new Date(at.modified),
    ARN: parameterArn(scope, row.name),
    DataType: at.dataType,
  };
}

/** What is told of a version besides its value. */
export function described(row: ParameterRow, at: VersionRow): ParameterMetadata {
  return {
    Name: row.name,
    Type: row.type,
    ...(at.keyId !== undefined && { KeyId: at.keyId }),
    LastModifiedDate: new Date(at.modified),
    LastModifiedUser: at.user,
    ...(at.description !== undefined && { Description: at.description }),
    ...(at.allowedPattern !== undefined && { AllowedPattern: at.allowedPattern }),
    Version: at.version,
    Tier: at.tier,
    Policies: [],
    DataType: at.dataType,
  };
}

/**
 * A SecureString that nobody asked to decrypt is ciphertext on AWS: whoever forgets to ask must not find the value
 * here. Nothing can be read from what is answered; it only looks as on AWS.
 */
export function valueOf(row: ParameterRow, at: VersionRow, decrypted: boolean): string {
  if (row.type !== 'SecureString' || decrypted) return at.value;
  const digest = createHash('sha512').update(`${row.name}:${at.version}:${at.value}`).digest('base64');
  return `AQICAH${digest}`;
}
