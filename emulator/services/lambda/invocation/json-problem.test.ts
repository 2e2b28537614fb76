import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recordedAtHand, recorded } from '../testing/recorded.ts';
import { jsonProblem } from './json-problem.ts';
import { readPayload } from './payload.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const firstLine = (text: string): string => jsonProblem(bytes(text)).split('\n')[0] ?? '';
const place = (text: string): string => /line: \d+, column: \d+/.exec(jsonProblem(bytes(text)))?.[0] ?? '';

describe('a payload that is no JSON', () => {
  it.each([
    [
      'hello',
      "Unrecognized token 'hello': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')",
    ],
    [
      "'a'",
      "Unexpected character (''' (code 39)): expected a valid value (JSON String, Number, Array, Object or token 'null', 'true' or 'false')",
    ],
    ['{a:1}', "Unexpected character ('a' (code 97)): was expecting double-quote to start field name"],
    [
      '{"a" 1}',
      "Unexpected character ('1' (code 49)): was expecting a colon to separate field name and value",
    ],
    [
      '{"a":1 "b":2}',
      "Unexpected character ('\"' (code 34)): was expecting comma to separate Object entries",
    ],
    ['[1 2]', "Unexpected character ('2' (code 50)): was expecting comma to separate Array entries"],
    ['2000-01-01', "Unexpected character ('-' (code 45)): Expected space separating root-level values"],
    ['"open', 'Unexpected end-of-input: was expecting closing quote for a string value'],
    [
      '"a\nb"',
      'Illegal unquoted character ((CTRL-CHAR, code 10)): has to be escaped using backslash to be included in string value',
    ],
    ['"\\x"', "Unrecognized character escape 'x' (code 120)"],
    ['   ', 'No content to map due to end-of-input'],
  ])('%j is described as Jackson does', (text, expected) => {
    expect(firstLine(text)).toBe(expected);
  });

  it('is located by line and column', () => {
    expect(place('2000-01-01')).toBe('line: 1, column: 5');
    expect(place('{\n  "a": 1,\n  b\n}')).toBe('line: 3, column: 3');
    expect(firstLine('{"a": [1, 2')).toContain('expected close marker for Array (start marker at');
  });

  it('never ends the reader otherwise, and what can be read is passed on as it came', () => {
    const near = fc.oneof(
      fc.string(),
      fc.json().map((text) => text.slice(0, -1)),
      fc
        .tuple(fc.json(), fc.nat(40), fc.string({ maxLength: 2 }))
        .map(([text, at, noise]) => text.slice(0, at) + noise + text.slice(at)),
    );
    fc.assert(
      fc.property(fc.oneof(near.map(bytes), fc.uint8Array({ minLength: 1 })), (payload) => {
        let accepted: Uint8Array | undefined;
        try {
          accepted = readPayload(payload, 'synchronous');
        } catch (error) {
          expect(error).toMatchObject({ code: 'InvalidRequestContentException' });
          expect((error as Error).message).not.toContain('Unexpected content');
        }
        if (accepted !== undefined && payload.length > 0) expect(accepted).toBe(payload);
      }),
      { numRuns: 2000 },
    );
  });

  it.skipIf(!recordedAtHand())('is described in the words that were recorded', () => {
    const message = (test: string, answer: string): unknown =>
      recorded('test_lambda.snapshot.json', test)[answer]?.['message'];
    const cases = [
      ['body-n\\x87r\\x9e\\xe9\\xb5\\xd7I\\xee\\x9bmt]', 'invoke_function_invalid_payload_body', 'body-n'],
      ['message-\\x99\\xeb,j\\x07\\xa1zYh]', 'invoke_function_invalid_payload_message', 'message-'],
    ] as const;
    const payloads = [
      Buffer.from('6e8772 9ee9b5d749ee9b6d74'.replaceAll(' ', ''), 'hex'),
      Buffer.from('99eb2c6a07a17a5968', 'hex'),
    ];
    for (const [at, [test, answer]] of cases.entries()) {
      const payload = payloads[at] ?? new Uint8Array();
      expect(() => readPayload(payload, 'synchronous')).toThrow(
        expect.objectContaining({ message: message(test, answer) }) as Error,
      );
    }
  });
});
