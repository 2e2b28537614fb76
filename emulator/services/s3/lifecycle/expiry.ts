import type { KeyRow, ObjectVersion, Version } from '../rows.ts';
import type { RuleRow } from './configuration.ts';

/** ms */
export const oneDay = 86_400_000;

/** The midnight (UTC) on or after a time. */
export function nextMidnight(time: number): number {
  return Math.ceil(time / oneDay) * oneDay;
}

/**
 * When a rule's days are over: the days are added to the time and the sum is rounded up to midnight.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html#intro-lifecycle-rules-number-of-days
 */
function after(time: number, days: number): number {
  return nextMidnight(time + days * oneDay);
}

function applies(rule: RuleRow, key: string, version: ObjectVersion | undefined): boolean {
  if (!rule.enabled || !key.startsWith(rule.filter?.prefix ?? rule.prefix ?? '')) return false;
  const { tags = [], larger, smaller } = rule.filter ?? {};
  if (version === undefined) return tags.length === 0 && larger === undefined && smaller === undefined;
  return (
    (larger === undefined || version.size > larger) &&
    (smaller === undefined || version.size < smaller) &&
    tags.every(({ key: name, value }) => version.tags.some((tag) => tag.key === name && tag.value === value))
  );
}

/** When an object expires and by which rule; undefined: never. The earliest of several rules counts. */
export function expiryOf(
  rules: readonly RuleRow[],
  key: string,
  version: ObjectVersion,
): { readonly at: number; readonly rule: string } | undefined {
  let first: { readonly at: number; readonly rule: string } | undefined;
  for (const rule of rules) {
    const { expiration } = rule;
    if (expiration === undefined || 'markers' in expiration || !applies(rule, key, version)) continue;
    const at = 'days' in expiration ? after(version.modified, expiration.days) : expiration.date;
    if (first === undefined || at < first.at) first = { at, rule: rule.id };
  }
  return first;
}

/** What `x-amz-expiration` says. */
export function expirationHeader(
  rules: readonly RuleRow[] | undefined,
  key: string,
  version: ObjectVersion,
): string | undefined {
  const expiry = rules === undefined ? undefined : expiryOf(rules, key, version);
  if (expiry === undefined) return undefined;
  return `expiry-date="${new Date(expiry.at).toUTCString()}", rule-id="${encodeURIComponent(expiry.rule)}"`;
}

/** Whether the newest version of a key is a marker that hides nothing any more, and a rule takes such markers away. */
export function markerExpires(rules: readonly RuleRow[], { key, versions }: KeyRow): boolean {
  if (versions.length !== 1 || versions[0]?.kind !== 'marker') return false;
  return rules.some(
    (rule) =>
      rule.expiration !== undefined &&
      'markers' in rule.expiration &&
      rule.expiration.markers &&
      applies(rule, key, undefined),
  );
}

/** Older versions whose time is over. A version is noncurrent since the one above it came. */
export function noncurrentExpired(
  rules: readonly RuleRow[],
  { key, versions }: KeyRow,
  now: number,
): Version[] {
  return versions.slice(1).filter((version, at) => {
    const since = versions[at]?.modified ?? version.modified;
    return rules.some(
      (rule) =>
        rule.noncurrent !== undefined &&
        at >= (rule.noncurrent.keep ?? 0) &&
        after(since, rule.noncurrent.days) <= now &&
        applies(rule, key, version.kind === 'object' ? version : undefined),
    );
  });
}

/** Whether an upload in parts has waited too long. */
export function uploadExpired(
  rules: readonly RuleRow[],
  key: string,
  initiated: number,
  now: number,
): boolean {
  return rules.some(
    (rule) =>
      rule.abortDays !== undefined &&
      after(initiated, rule.abortDays) <= now &&
      applies(rule, key, undefined),
  );
}
