import { describe, expect, it } from 'vitest';
import { recorded, recordedAtHand } from '../../testing/recorded.ts';
import { filterOf, readFilters, seen } from './filters.ts';

const matches = (pattern: object, record: unknown): boolean =>
  filterOf(readFilters({ Filters: [{ Pattern: JSON.stringify(pattern) }] }))?.(record) ?? true;

describe('what a filter sees', () => {
  it('of a body is an object where it is JSON, and a text otherwise', () => {
    expect(seen('{"a":1}')).toEqual({ a: 1 });
    expect(seen(' [1]')).toEqual([1]);
    for (const text of ['text', '7', '"quoted"', '{broken', '']) expect(seen(text)).toBe(text);
  });

  it('of numbers in a table’s records is a text', () => {
    const record = { dynamodb: { NewImage: { age: { N: '105' } } } };
    const pattern = (N: unknown[]) => ({ dynamodb: { NewImage: { age: { N } } } });
    expect(matches(pattern(['105']), record)).toBe(true);
    expect(matches(pattern([{ numeric: ['>', 100] }]), record)).toBe(false);
  });
});

it('one of up to five filters is enough, and none lets everything pass', () => {
  const Filters = ['a', 'b', 'c', 'd', 'e'].map((value) => ({ Pattern: JSON.stringify({ body: [value] }) }));
  const filter = filterOf(readFilters({ Filters }));
  expect(['a', 'e', 'f'].map((body) => filter?.({ body }))).toEqual([true, true, false]);
  expect(filterOf(readFilters({}))).toBeUndefined();
  expect(() => readFilters({ Filters: [...Filters, { Pattern: '{"body":["f"]}' }] })).toThrow('5 filters');
});

describe.runIf(recordedAtHand())('events that functions got on AWS', () => {
  interface Recorded {
    readonly FilterCriteria: { readonly Filters: readonly { readonly Pattern: object }[] };
  }
  const patternOf = (all: ReturnType<typeof recorded>): object =>
    (all['create_event_source_mapping_response'] as unknown as Recorded).FilterCriteria.Filters[0]?.Pattern ??
    {};
  const recordsOf = (events: unknown): Record<string, unknown>[] =>
    (events as { Records: Record<string, unknown>[] }[]).flatMap(({ Records }) => Records);

  it.each([
    'single',
    'or',
    'and',
    'exists',
    'prefix',
    'valid-json-filter',
    'numeric-bigger',
    'numeric-smaller',
    'numeric-range',
  ])('pass the filter that they passed: a queue, %s', (name) => {
    const all = recorded('test_lambda_integration_sqs.snapshot.json', `test_sqs_event_filter[${name}]`);
    const records = recordsOf(all['invocation_events']);
    expect(records.length).toBeGreaterThan(0);
    for (const record of records) expect(matches(patternOf(all), record)).toBe(true);
  });

  it.each([
    'insert_same_entry_twice',
    'content_or_filter',
    'content_multiple_filters',
    'content_filter_type',
    'exists_filter_type',
    // On AWS, too, an object that is there passes for one that is not.
    'exists_false_filter',
    'numeric_filter',
    'prefix_filter',
  ])('pass the filter that they passed: a table’s stream, %s', (name) => {
    const all = recorded(
      'test_lambda_integration_dynamodbstreams.snapshot.json',
      `test_dynamodb_event_filter[${name}]`,
    );
    const records = recordsOf(all['lambda-multiple-log-events']);
    expect(records.length).toBeGreaterThan(0);
    for (const record of records) expect(matches(patternOf(all), record)).toBe(true);
  });
});
