import { randomBytes } from 'node:crypto';
import type { Cloud } from '../../cloud.ts';
import { ServiceFailure } from '../../service/failure.ts';
import type { Rows } from '../../state/state.ts';

export interface TagRow {
  readonly key: string;
  readonly value: string;
}

/** A role with its inline policies and the ARNs of its attached ones. */
export interface RoleRow {
  readonly name: string;
  readonly path: string;
  readonly arn: string;
  readonly roleId: string;
  /** ms since 1970 */
  readonly created: number;
  /** The trust policy, as sent. */
  readonly trust: string;
  readonly description: string | undefined;
  readonly maxSessionSeconds: number;
  readonly boundary: string | undefined;
  readonly tags: readonly TagRow[];
  readonly inline: readonly { readonly name: string; readonly document: string }[];
  readonly attached: readonly string[];
  readonly lastUsed: { readonly at: number; readonly region: string } | undefined;
}

export interface PolicyVersionRow {
  readonly id: string;
  readonly document: string;
  readonly created: number;
}

/** A managed policy of the customer. */
export interface PolicyRow {
  readonly name: string;
  readonly path: string;
  readonly arn: string;
  readonly policyId: string;
  readonly created: number;
  readonly updated: number;
  readonly description: string | undefined;
  readonly tags: readonly TagRow[];
  readonly defaultVersion: string;
  readonly versions: readonly PolicyVersionRow[];
  /** Version numbers are not given twice, also when a version is deleted. */
  readonly nextVersion: number;
}

/** IAM's rows of one account. */
export interface Entities {
  readonly account: string;
  /** By name in lower case: IAM's names are unique without regard to case. */
  readonly roles: Rows<RoleRow>;
  /** By ARN. */
  readonly policies: Rows<PolicyRow>;
}

/** Access to an account's entities. IAM is global: rows lie under `aws-global` whatever region a call names. */
export function entitiesOf(cloud: Cloud): (account: string) => Entities {
  const roles = cloud.state.table<RoleRow>('iam.roles');
  const policies = cloud.state.table<PolicyRow>('iam.policies');
  return (account) => {
    const scope = { account, region: 'aws-global' };
    return { account, roles: roles.in(scope), policies: policies.in(scope) };
  };
}

/** @throws ServiceFailure `NoSuchEntity` */
export function roleNamed(entities: Entities, name: string): RoleRow {
  const row = entities.roles.get(name.toLowerCase());
  if (row === undefined) throw missing(`The role with name ${name} cannot be found.`);
  return row;
}

/** Replaces a role's row. */
export function putRole(entities: Entities, row: RoleRow): void {
  entities.roles.set(row.name.toLowerCase(), row);
}

/** An entity that is not there. */
export function missing(message: string): ServiceFailure {
  return new ServiceFailure('NoSuchEntityException', message, { status: 404 });
}

/** A unique id as IAM gives them: a prefix for the kind (`AROA`, `ANPA`) and 17 characters. */
export function uniqueId(prefix: 'AROA' | 'ANPA', bytes: Uint8Array = randomBytes(17)): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  return prefix + Array.from(bytes.slice(0, 17), (byte) => alphabet[byte & 31]).join('');
}
