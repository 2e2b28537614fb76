import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addNumbers, compareNumbers, negated, normalNumber, orderOfNumber } from './number.ts';
import { orderOf, partitionOrder, placeOf, segmentStart } from './order.ts';
import { itemSize } from './size.ts';

/** A whole number of up to 38 digits, times a power of ten. */
const decimals = fc
  .tuple(fc.bigInt({ min: -(10n ** 38n) + 1n, max: 10n ** 38n - 1n }), fc.integer({ min: -90, max: 80 }))
  .map(([digits, power]) => ({ digits, power, text: `${String(digits)}E${String(power)}` }));
type Decimal = { digits: bigint; power: number; text: string };

/** The numbers times 10^90, which are whole. */
const whole = ({ digits, power }: Decimal): bigint => digits * 10n ** BigInt(power + 90);

describe('numbers', () => {
  it('have one text each, which says the same number', () => {
    fc.assert(
      fc.property(decimals, (decimal) => {
        const text = normalNumber(decimal.text);
        expect(normalNumber(text)).toBe(text);
        expect(text).toMatch(/^(0|-?(0\.\d*[1-9]|[1-9]\d*(\.\d*[1-9])?))$/);
        const [before = '', after = ''] = text.split('.');
        expect(BigInt(before + after.padEnd(90, '0'))).toBe(whole(decimal));
      }),
    );
  });

  it('compare and order as numbers', () => {
    fc.assert(
      fc.property(decimals, decimals, (a, b) => {
        const [left, right] = [normalNumber(a.text), normalNumber(b.text)];
        const expected = whole(a) < whole(b) ? -1 : whole(a) > whole(b) ? 1 : 0;
        expect(Math.sign(compareNumbers(left, right))).toBe(expected);
        const [x, y] = [orderOfNumber(left), orderOfNumber(right)];
        expect(x < y ? -1 : x > y ? 1 : 0).toBe(expected);
      }),
    );
    const small = fc.integer({ min: -30, max: 30 }).map((number) => String(number / 4));
    fc.assert(
      fc.property(small, small, (a, b) => {
        expect(Math.sign(compareNumbers(normalNumber(a), normalNumber(b)))).toBe(
          Math.sign(Number(a) - Number(b)),
        );
      }),
    );
  });

  it('add exactly', () => {
    const some = fc
      .tuple(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), fc.integer({ min: -10, max: 10 }))
      .map(([digits, power]) => ({ digits, power, text: `${String(digits)}E${String(power)}` }));
    fc.assert(
      fc.property(some, some, (a, b) => {
        const sum = addNumbers(normalNumber(a.text), normalNumber(b.text));
        const [before = '', after = ''] = sum.split('.');
        expect(BigInt(before + after.padEnd(90, '0'))).toBe(whole(a) + whole(b));
        expect(addNumbers(sum, negated(normalNumber(b.text)))).toBe(normalNumber(a.text));
      }),
    );
  });
});

describe('places', () => {
  const bytes = fc.uint8Array({ maxLength: 6 });
  const B = (value: Uint8Array) => ({ B: Buffer.from(value).toString('base64') });

  it('order binary keys by their bytes, with what follows them too', () => {
    fc.assert(
      fc.property(bytes, bytes, bytes, bytes, (a, b, tie1, tie2) => {
        const tie = (value: Uint8Array) => Buffer.from(value).toString('latin1');
        const hash = { S: 'same' };
        const [x, y] = [placeOf(hash, B(a), tie(tie1)), placeOf(hash, B(b), tie(tie2))];
        const expected = Buffer.compare(a, b);
        if (expected !== 0) expect(x < y ? -1 : 1).toBe(expected);
      }),
    );
  });

  it('order texts by their UTF-8 bytes', () => {
    const text = fc.string({ unit: 'binary', maxLength: 5 });
    fc.assert(
      fc.property(text, text, (a, b) => {
        const [x, y] = [orderOf({ S: a }), orderOf({ S: b })];
        expect(x < y ? -1 : x > y ? 1 : 0).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
      }),
    );
  });

  it('of different partitions never mix, and fall into one segment', () => {
    fc.assert(
      fc.property(bytes, bytes, bytes, fc.integer({ min: 1, max: 50 }), (a, b, range, total) => {
        const [one, other] = [partitionOrder(B(a)), partitionOrder(B(b))];
        expect(placeOf(B(b), B(range)).startsWith(one)).toBe(Buffer.compare(a, b) === 0);
        const segments = Array.from({ length: total }, (_, segment) => segment).filter(
          (segment) => other >= segmentStart(segment, total) && other < segmentStart(segment + 1, total),
        );
        expect(segments).toHaveLength(1);
      }),
    );
  });
});

it('sizes are those of the recorded stream records', () => {
  expect(itemSize({ my_partition_key: { S: 'hello world' } })).toBe(27);
  expect(itemSize({ my_partition_key: { S: 'hello world' }, binary_key: { B: 'Zm9vYmFy' } })).toBe(43);
  expect(itemSize({ id2: { S: 'id2_value' }, id: { S: 'id_value' } })).toBe(22);
});
