import type { LifecycleExpiration, LifecycleRule, Tag } from '@aws-sdk/client-s3';
import type { Json } from '../../../../state/state.ts';

/** A rule as a template has it: flat, where S3's own has members. */
export interface CfnRule {
  readonly AbortIncompleteMultipartUpload?: { readonly DaysAfterInitiation: number };
  readonly ExpirationDate?: string;
  readonly ExpirationInDays?: number;
  readonly ExpiredObjectDeleteMarker?: boolean;
  readonly Id?: string;
  readonly NoncurrentVersionExpiration?: {
    readonly NewerNoncurrentVersions?: number;
    readonly NoncurrentDays: number;
  };
  readonly NoncurrentVersionExpirationInDays?: number;
  readonly NoncurrentVersionTransition?: Json;
  readonly NoncurrentVersionTransitions?: readonly Json[];
  readonly ObjectSizeGreaterThan?: string;
  readonly ObjectSizeLessThan?: string;
  readonly Prefix?: string;
  readonly Status: 'Enabled' | 'Disabled';
  readonly TagFilters?: readonly Tag[];
  readonly Transition?: Json;
  readonly Transitions?: readonly Json[];
}

/** Rules of a template as S3 takes them. What S3 does not do here (storage classes) it refuses itself. */
export const lifecycleRules = (rules: readonly CfnRule[]): LifecycleRule[] => rules.map(ruleOf);

function ruleOf(rule: CfnRule): LifecycleRule {
  const transitions = [...(rule.Transitions ?? []), ...one(rule.Transition)];
  const noncurrent = [...(rule.NoncurrentVersionTransitions ?? []), ...one(rule.NoncurrentVersionTransition)];
  const old =
    rule.NoncurrentVersionExpiration ??
    (rule.NoncurrentVersionExpirationInDays === undefined
      ? undefined
      : { NoncurrentDays: rule.NoncurrentVersionExpirationInDays });
  const expiration = expirationOf(rule);
  return {
    ...(rule.Id !== undefined && { ID: rule.Id }),
    Status: rule.Status,
    Filter: filterOf(rule),
    ...(expiration !== undefined && { Expiration: expiration }),
    ...(old !== undefined && { NoncurrentVersionExpiration: old }),
    ...(rule.AbortIncompleteMultipartUpload !== undefined && {
      AbortIncompleteMultipartUpload: rule.AbortIncompleteMultipartUpload,
    }),
    ...(transitions.length > 0 && { Transitions: transitions as NonNullable<LifecycleRule['Transitions']> }),
    ...(noncurrent.length > 0 && {
      NoncurrentVersionTransitions: noncurrent as NonNullable<LifecycleRule['NoncurrentVersionTransitions']>,
    }),
  };
}

const one = (value: Json | undefined): readonly Json[] => (value === undefined ? [] : [value]);

function expirationOf(rule: CfnRule): LifecycleExpiration | undefined {
  if (rule.ExpirationInDays !== undefined) return { Days: rule.ExpirationInDays };
  if (rule.ExpirationDate !== undefined) return { Date: new Date(rule.ExpirationDate) };
  if (rule.ExpiredObjectDeleteMarker !== undefined)
    return { ExpiredObjectDeleteMarker: rule.ExpiredObjectDeleteMarker };
  return undefined;
}

function filterOf(rule: CfnRule): NonNullable<LifecycleRule['Filter']> {
  const tags = [...(rule.TagFilters ?? [])];
  const larger = size(rule.ObjectSizeGreaterThan);
  const smaller = size(rule.ObjectSizeLessThan);
  const parts = [rule.Prefix, larger, smaller].filter((part) => part !== undefined).length + tags.length;
  const limits = {
    ...(rule.Prefix !== undefined && { Prefix: rule.Prefix }),
    ...(larger !== undefined && { ObjectSizeGreaterThan: larger }),
    ...(smaller !== undefined && { ObjectSizeLessThan: smaller }),
  };
  if (parts > 1) return { And: { ...limits, ...(tags.length > 0 && { Tags: tags }) } };
  if (parts === 0) return { Prefix: '' };
  const [tag] = tags;
  return tag === undefined ? limits : { Tag: tag };
}

const size = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : Number(text);

/** S3's rules as a template would have them. */
export function lifecycleRead(rules: readonly LifecycleRule[]): Json {
  return { Rules: rules.map(readRule) };
}

function readRule(rule: LifecycleRule): Json {
  const { Filter: filter = {}, Expiration: expiration = {}, NoncurrentVersionExpiration: old } = rule;
  const limits = filter.And ?? filter;
  const tags = filter.And?.Tags ?? (filter.Tag === undefined ? [] : [filter.Tag]);
  return {
    ...(rule.ID !== undefined && { Id: rule.ID }),
    Status: rule.Status ?? 'Disabled',
    ...(limits.Prefix !== undefined && limits.Prefix !== '' && { Prefix: limits.Prefix }),
    ...(limits.ObjectSizeGreaterThan !== undefined && {
      ObjectSizeGreaterThan: String(limits.ObjectSizeGreaterThan),
    }),
    ...(limits.ObjectSizeLessThan !== undefined && {
      ObjectSizeLessThan: String(limits.ObjectSizeLessThan),
    }),
    ...(tags.length > 0 && { TagFilters: tags.map(({ Key = '', Value = '' }) => ({ Key, Value })) }),
    ...(expiration.Days !== undefined && { ExpirationInDays: expiration.Days }),
    ...(expiration.Date !== undefined && { ExpirationDate: expiration.Date.toISOString() }),
    ...(expiration.ExpiredObjectDeleteMarker !== undefined && {
      ExpiredObjectDeleteMarker: expiration.ExpiredObjectDeleteMarker,
    }),
    ...(old?.NoncurrentDays !== undefined && {
      NoncurrentVersionExpiration: {
        NoncurrentDays: old.NoncurrentDays,
        ...(old.NewerNoncurrentVersions !== undefined && {
          NewerNoncurrentVersions: old.NewerNoncurrentVersions,
        }),
      },
    }),
    ...(rule.AbortIncompleteMultipartUpload?.DaysAfterInitiation !== undefined && {
      AbortIncompleteMultipartUpload: {
        DaysAfterInitiation: rule.AbortIncompleteMultipartUpload.DaysAfterInitiation,
      },
    }),
  };
}
