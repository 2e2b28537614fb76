/* eslint-disable @typescript-eslint/no-deprecated -- AWS still takes and answers `Prefix` of the older form. */
import type { LifecycleRule } from '@aws-sdk/client-s3';
import { randomUUID } from 'node:crypto';
import { invalidArgument, invalidRequest, malformedXml, notBuilt } from '../failures.ts';
import { tagRows, tagSet } from '../tags.ts';
import type { TagRow } from '../rows.ts';

/** One rule of a bucket's lifecycle. Days count from midnight to midnight (UTC). */
export interface RuleRow {
  readonly id: string;
  readonly enabled: boolean;
  /** Absent: written without a filter element, by the older form. */
  readonly filter: FilterRow | undefined;
  /** Of the older form, beside no filter. */
  readonly prefix: string | undefined;
  readonly expiration:
    | { readonly days: number }
    /** ms since 1970 */
    | { readonly date: number }
    | { readonly markers: boolean }
    | undefined;
  readonly noncurrent: { readonly days: number; readonly keep: number | undefined } | undefined;
  /** After how many days an upload in parts that nobody completed is ended. */
  readonly abortDays: number | undefined;
}

export interface FilterRow {
  readonly prefix: string | undefined;
  readonly tags: readonly TagRow[];
  /** bytes */
  readonly larger: number | undefined;
  readonly smaller: number | undefined;
  /** Whether it was written with `And`. */
  readonly and: boolean;
}

const mostRules = 1000;
const midnight = 86_400_000;

/**
 * Reads and checks a lifecycle.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html
 * @throws ServiceFailure
 */
export function readRules(given: readonly LifecycleRule[] | undefined): RuleRow[] {
  if (given === undefined || given.length === 0 || given.length > mostRules) throw malformedXml();
  const rules = given.map(readRule);
  if (new Set(rules.map(({ id }) => id)).size !== rules.length) {
    throw invalidArgument('Rule ID must be unique. Found same ID for one or more rules');
  }
  return rules;
}

function readRule(rule: LifecycleRule): RuleRow {
  const { Transitions = [], NoncurrentVersionTransitions = [] } = rule;
  if (Transitions.length > 0 || NoncurrentVersionTransitions.length > 0) {
    throw notBuilt('Moving objects to other storage classes');
  }
  if (rule.Status !== 'Enabled' && rule.Status !== 'Disabled') throw malformedXml();
  if ((rule.Filter === undefined) === (rule.Prefix === undefined)) throw malformedXml();
  const { Expiration, NoncurrentVersionExpiration, AbortIncompleteMultipartUpload } = rule;
  if (
    Expiration === undefined &&
    NoncurrentVersionExpiration === undefined &&
    AbortIncompleteMultipartUpload === undefined
  ) {
    throw invalidRequest('At least one action needs to be specified in a rule');
  }
  if ((rule.ID ?? '').length > 255) throw invalidArgument('ID length should not exceed allowed limit of 255');
  const noncurrentDays = NoncurrentVersionExpiration?.NoncurrentDays;
  return {
    id: rule.ID || Buffer.from(randomUUID()).toString('base64'),
    enabled: rule.Status === 'Enabled',
    filter: rule.Filter === undefined ? undefined : readFilter(rule.Filter),
    prefix: rule.Prefix,
    expiration: Expiration === undefined ? undefined : readExpiration(Expiration),
    noncurrent:
      NoncurrentVersionExpiration === undefined
        ? undefined
        : {
            days: positive(noncurrentDays ?? 0, 'NoncurrentDays', 'NoncurrentVersionExpiration'),
            keep: NoncurrentVersionExpiration.NewerNoncurrentVersions,
          },
    abortDays:
      AbortIncompleteMultipartUpload === undefined
        ? undefined
        : positive(
            AbortIncompleteMultipartUpload.DaysAfterInitiation ?? 0,
            'DaysAfterInitiation',
            'AbortIncompleteMultipartUpload',
          ),
  };
}

function positive(days: number, name: string, action: string): number {
  if (days > 0) return days;
  throw invalidArgument(`'${name}' for ${action} action must be a positive integer`);
}

function readExpiration(given: NonNullable<LifecycleRule['Expiration']>): RuleRow['expiration'] {
  const { Days, Date: date, ExpiredObjectDeleteMarker } = given;
  const said = [Days, date, ExpiredObjectDeleteMarker].filter((member) => member !== undefined);
  if (said.length !== 1) throw malformedXml();
  if (Days !== undefined) return { days: positive(Days, 'Days', 'Expiration') };
  if (date !== undefined) {
    if (date.getTime() % midnight !== 0) throw invalidArgument("'Date' must be at midnight GMT");
    return { date: date.getTime() };
  }
  return { markers: ExpiredObjectDeleteMarker === true };
}

function readFilter(given: NonNullable<LifecycleRule['Filter']>): FilterRow {
  const { And, Prefix, Tag, ObjectSizeGreaterThan, ObjectSizeLessThan } = given;
  const alone = [And, Prefix, Tag, ObjectSizeGreaterThan, ObjectSizeLessThan];
  if (alone.filter((member) => member !== undefined).length > 1) throw malformedXml();
  const tags = And === undefined ? (Tag === undefined ? [] : [Tag]) : (And.Tags ?? []);
  if (new Set(tags.map(({ Key }) => Key)).size !== tags.length) {
    throw invalidRequest('Duplicate Tag Keys are not allowed.');
  }
  return {
    prefix: And === undefined ? Prefix : And.Prefix,
    tags: tagRows(tags, 'object'),
    larger: And === undefined ? ObjectSizeGreaterThan : And.ObjectSizeGreaterThan,
    smaller: And === undefined ? ObjectSizeLessThan : And.ObjectSizeLessThan,
    and: And !== undefined,
  };
}

/** A rule as it is answered. */
export function shownRule(rule: RuleRow): LifecycleRule {
  const { expiration, noncurrent, filter } = rule;
  return {
    ID: rule.id,
    Status: rule.enabled ? 'Enabled' : 'Disabled',
    ...(rule.prefix !== undefined && { Prefix: rule.prefix }),
    ...(filter !== undefined && { Filter: shownFilter(filter) }),
    ...(expiration !== undefined && {
      Expiration:
        'days' in expiration
          ? { Days: expiration.days }
          : 'date' in expiration
            ? { Date: new Date(expiration.date) }
            : { ExpiredObjectDeleteMarker: expiration.markers },
    }),
    ...(noncurrent !== undefined && {
      NoncurrentVersionExpiration: {
        NoncurrentDays: noncurrent.days,
        ...(noncurrent.keep !== undefined && { NewerNoncurrentVersions: noncurrent.keep }),
      },
    }),
    ...(rule.abortDays !== undefined && {
      AbortIncompleteMultipartUpload: { DaysAfterInitiation: rule.abortDays },
    }),
  };
}

function shownFilter({
  prefix,
  tags,
  larger,
  smaller,
  and,
}: FilterRow): NonNullable<LifecycleRule['Filter']> {
  const sizes = {
    ...(larger !== undefined && { ObjectSizeGreaterThan: larger }),
    ...(smaller !== undefined && { ObjectSizeLessThan: smaller }),
  };
  const named = prefix === undefined ? {} : { Prefix: prefix };
  const set = tagSet(tags);
  if (and) return { And: { ...named, ...(set.length > 0 && { Tags: set }), ...sizes } };
  const [Tag] = set;
  return { ...named, ...(Tag !== undefined && { Tag }), ...sizes };
}
