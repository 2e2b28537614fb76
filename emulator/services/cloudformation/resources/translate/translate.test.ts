import { describe, expect, it } from 'vitest';
import { lowerFirst, upperFirst } from './letters.ts';
import { documentText, picked } from './shaped.ts';
import { allTags, tagChanges, tagList, tagMap } from './tags.ts';

describe('letters of members', () => {
  const properties = {
    FilterPattern: '{ $.level = "ERROR" }',
    HTTPMethod: 'GET',
    MetricTransformations: [{ MetricName: 'Errors', Dimensions: { Path: '$.path' } }],
    Methods: { AnyName: { Headers: { XTrace: 'a' }, Timeout: 3 } },
  };
  const letters = {
    names: { HTTPMethod: 'httpMethod' },
    maps: ['MetricTransformations.Dimensions', 'Methods', 'Methods.*.Headers'],
  };
  const input = {
    filterPattern: '{ $.level = "ERROR" }',
    httpMethod: 'GET',
    metricTransformations: [{ metricName: 'Errors', dimensions: { Path: '$.path' } }],
    methods: { AnyName: { headers: { XTrace: 'a' }, timeout: 3 } },
  };

  it('become small, save where a student chose them', () => {
    expect(lowerFirst(properties, letters)).toEqual(input);
  });

  it('become capital again', () => {
    expect(upperFirst(input, letters)).toEqual(properties);
  });

  it('leaves what is no object as it is, and what is not said away', () => {
    expect(lowerFirst(['A', 1, null, true])).toEqual(['A', 1, null, true]);
    expect(Object.keys(lowerFirst({ A: undefined, B: 1 }) as object)).toEqual(['b']);
  });
});

describe('tags', () => {
  it('are a list or a map', () => {
    expect(tagMap([{ Key: 'a', Value: 'x' }])).toEqual({ a: 'x' });
    expect(tagMap({ a: 'x', n: 3 })).toEqual({ a: 'x', n: '3' });
    expect(tagMap(undefined)).toEqual({});
    expect(tagList({ a: 'x' })).toEqual([{ Key: 'a', Value: 'x' }]);
  });

  it('of the resource are above those of the stack', () => {
    expect(allTags([{ Key: 'a', Value: 'own' }], { tags: { a: 'stack', b: 'stack' } })).toEqual({
      a: 'own',
      b: 'stack',
    });
  });

  it('change by what differs', () => {
    expect(tagChanges({ a: '1', b: '1', c: '1' }, { a: '1', b: '2', d: '1' })).toEqual({
      set: { b: '2', d: '1' },
      gone: ['c'],
    });
  });
});

describe('properties as inputs', () => {
  it('picks what is there', () => {
    expect(picked({ A: 1, B: 'b' }, 'A', 'C')).toEqual({ A: 1 });
  });

  it('takes a document as JSON or as text', () => {
    expect(documentText({ Version: '2012-10-17' })).toBe('{"Version":"2012-10-17"}');
    expect(documentText('{"a":1}')).toBe('{"a":1}');
  });
});
