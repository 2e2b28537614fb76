import type { ParameterTier, ParameterType } from '@aws-sdk/client-ssm';
import type { Scope } from '../../service/call.ts';

/** A parameter as it is kept; what it holds is in its versions. */
export interface ParameterRow {
  readonly name: string;
  readonly type: ParameterType;
  /** The first version that is still kept. */
  readonly oldest: number;
  readonly latest: number;
  readonly tags: Readonly<Record<string, string>>;
}

/** One version of a parameter. */
export interface VersionRow {
  readonly version: number;
  readonly value: string;
  /** ms since 1970 */
  readonly modified: number;
  /** ARN of whoever wrote it. */
  readonly user: string;
  readonly tier: ParameterTier;
  readonly dataType: string;
  readonly labels: readonly string[];
  readonly description?: string;
  readonly keyId?: string;
  readonly allowedPattern?: string;
}

/** The ARN of a parameter; the slash that begins a name is also what parts it from its kind. */
export function parameterArn({ region, account }: Scope, name: string): string {
  return `arn:aws:ssm:${region}:${account}:parameter${name.startsWith('/') ? '' : '/'}${name}`;
}
