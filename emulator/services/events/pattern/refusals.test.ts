import { describe, expect, it } from 'vitest';
import { InvalidPattern, parsePattern } from './pattern.ts';

const reason = (pattern: string): string => {
  try {
    parsePattern(pattern);
  } catch (error) {
    if (error instanceof InvalidPattern) return error.message;
    throw error;
  }
  return 'taken';
};
const expecting = "was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')";

/* As recorded on AWS, places included. */
describe('a pattern that AWS refuses is refused in the same words', () => {
  it.each([
    ['{"int": 42}', '"int" must be an object or an array', 11],
    ['{"string": "my-value"}', '"string" must be an object or an array', 13],
    ['{"resources": []}', 'Empty arrays are not allowed', 17],
    ['{"my_key": [{"EXISTS": true}]}', 'Unrecognized match type EXISTS', 28],
    ['{"detail": {"equal": [{"NUMERIC": ["=", 5]}]}}', 'Unrecognized match type NUMERIC', 36],
    ['{"detail": {"c-count": [{"numeric": [">", 0, ">", 0]}]}}', 'Bad numeric range operator: >', 49],
    ['{"detail": {"c-count": [{"numeric": [">", 0, "<"]}]}}', 'Value of < must be numeric', 50],
    [
      '{"detail-type": [{"equals-ignore-case": ["ec2 instance state-change notification"]}]}',
      'equals-ignore-case match pattern must be a string',
      42,
    ],
    [
      '{"detail": {"state": [{"anything-but": {"equals-ignore-case": 123}}]}}',
      'Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.',
      66,
    ],
    [
      '{"detail": {"FileName": [{"anything-but": {"suffix": 123}}]}}',
      'prefix/suffix match pattern must be a string',
      57,
    ],
    [
      '{"detail": {"FileName": [{"anything-but": {"prefix": {"equals-ignore-case": "file"}}}]}}',
      'Value of anything-but must be an array or single string/number value.',
      55,
    ],
    ['{"EventBusArn": [{"wildcard": 123}]}', 'wildcard match pattern must be a string', 34],
    ['{"time": [{"prefix": ["2022-07-13"]}]}', 'prefix match pattern must be a string', 23],
    ['{"time": [{"prefix": 123}]}', 'prefix match pattern must be a string', 25],
    ['{"FileName": [{"suffix": [".png"]}]}', 'suffix match pattern must be a string', 27],
    [
      '{"detail": {"sourceIPAddress": [{"cidr": ["bad-type"]}]}}',
      'prefix match pattern must be a string',
      43,
    ],
    ['this is valid json but not a dict', `Unrecognized token 'this': ${expecting}`, 5],
    [
      `{'bad': 'quotation'}`,
      `Unexpected character (''' (code 39)): was expecting double-quote to start field name`,
      2,
    ],
    ['{"not": closed mark"', `Unrecognized token 'closed': ${expecting}`, 15],
    ['["not", "a", "dict", "but valid json"]', 'Filter is not an object', 2],
  ])('%s', (pattern, why, column) => {
    expect(reason(pattern)).toBe(`${why}\n at [Source: (String)"${pattern}"; line: 1, column: ${column}]`);
  });

  it.each([
    [
      '{"detail": {"state": [{"anything-but": {"prefix": [123, "test"]}}]}}',
      'prefix/suffix match pattern must be a string',
      55,
    ],
    [
      '{"detail": {"state": [{"anything-but": {"wildcard": [123, "*/dir/*"]}}]}}',
      'wildcard match pattern must be a string',
      57,
    ],
  ])('%s, with the place twice', (pattern, why, column) => {
    const place = `\n at [Source: (String)"${pattern}"; line: 1, column: ${column}]`;
    expect(reason(pattern)).toBe(`${why}${place}${place}`);
  });

  it.each([
    ['{"a": [{"cidr": "xx.11.xx/8"}]}', 'Nonstandard IP address: xx.11.xx'],
    ['{"a": [{"cidr": "xxxx:db8:1234:1a00::/64"}]}', 'Nonstandard IP address: xxxx:db8:1234:1a00::'],
    ['{"a": [{"cidr": "10.0.0.0"}]}', "Malformed CIDR, one '/' required"],
    ['{"a": [{"cidr": "10.0.0.0/bad"}]}', 'Malformed CIDR, mask bits must be an integer'],
    ['{"a": [{"cidr": "10.0.0.0/32"}]}', 'IPv4 mask bits must be < 32'],
    [
      '{"EventBusArn": [{"wildcard": "*:*:*:*:*:event-bus/*"}]}',
      'Rule is too complex - try using fewer wildcard characters or fewer repeating character sequences after a wildcard character',
    ],
  ])('%s, without a place', (pattern, why) => {
    expect(reason(pattern)).toBe(why);
  });

  it('counts bytes of a wildcard with its quote, and shows the first 500 characters', () => {
    expect(reason('{"a": [{"wildcard": "arn:aws:events:us-east-1:**:event-bus/*"}]}')).toMatch(
      /^Consecutive wildcard characters at pos 26\n at /,
    );
    expect(reason('{"a": [{"wildcard": "é\\\\n"}]}')).toMatch(/^Invalid escape character at pos 3\n/);
    expect(reason(`{"a": ["${'x'.repeat(600)}"], "b": 1}`)).toMatch(
      /x{100}"\[truncated 119 chars\]; line: 1, column: 619\]$/,
    );
  });

  it('knows lines', () => {
    expect(reason('{\n  "a": 1\n}')).toMatch(/line: 2, column: 9\]$/);
  });
});

describe('further refusals', () => {
  it.each([
    ['{}', 'Empty objects are not allowed'],
    ['{"a": {}}', 'Empty objects are not allowed'],
    ['{"a": [[1]]}', 'Match value must be String, number, true, false, or null'],
    ['{"a": [{}]}', 'Match expression name not found'],
    ['{"a": [{"prefix": "a", "suffix": "b"}]}', 'Only one key allowed in match expression'],
    ['{"a": [{"exists": "true"}]}', 'exists match pattern must be either true or false.'],
    ['{"a": [{"numeric": 1}]}', 'Value of numeric must be an array.'],
    ['{"a": [{"numeric": ["=", 1, 2]}]}', 'Too many elements in numeric expression'],
    ['{"a": [{"numeric": ["=", 5000000001]}]}', 'Value must be between -5.0E9 and 5.0E9, inclusive'],
    ['{"a": [{"numeric": [">", 5, "<", 1]}]}', 'Bottom must be less than top'],
    ['{"a": [{"anything-but": ["x", 1]}]}', 'Inside anything but list, either all values are number'],
    ['{"a": [{"anything-but": []}]}', 'Inside anything but list, either all values are number'],
    ['{"a": [{"anything-but": {"prefix": ""}}]}', 'Null prefix/suffix not allowed'],
    ['{"a": [{"anything-but": {"cidr": "10.0.0.0/8"}}]}', 'Unsupported anything-but pattern: cidr'],
    ['{"$or": [{"a": [1]}]}', 'There must have at least 2 Objects in $or relationship.'],
    ['{"$or": {"a": [1]}}', 'It must be an Array followed with $or.'],
    ['{"$or": [1, 2]}', 'Only JSON object is allowed in array of $or relationship.'],
    ['{"$or": [{"prefix": ["a"]}, {"b": [1]}]}', 'prefix is Ruler reserved fieldName which'],
    ['{"a": ["x"}', "Unexpected close marker '}': expected ']' (for Array starting at "],
    ['{"a": ["x"', 'Unexpected end-of-input: expected close marker for Array'],
    ['{"a" ["x"]}', "Unexpected character ('[' (code 91)): was expecting a colon to separate"],
    ['{"a": ["x" "y"]}', `Unexpected character ('"' (code 34)): was expecting comma to separate Array`],
    ['{"a": ["x]}', 'Unexpected end-of-input'],
    ['', 'Filter is not an object'],
  ])('%s', (pattern, why) => {
    expect(reason(pattern).startsWith(why), reason(pattern)).toBe(true);
  });

  it('bounds what $or makes', () => {
    const or = (name: string): string =>
      `{"$or": [${Array.from({ length: 10 }, (_, index) => `{"${name}${index}": [1]}`).join()}]}`;
    const nested = `{"x": ${or('a')}, "y": ${or('b')}, "z": ${or('c')}}`;
    expect(reason(nested)).toBe('taken');
    expect(reason(`{"w": ${or('d')}, ${nested.slice(1)}`)).toMatch(/more than 1000/);
  });
});
