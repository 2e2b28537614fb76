import { describe, expect, it } from 'vitest';
import { frame, readFrames } from './frames.ts';

function read(bytes: Buffer): { values: unknown[]; good: number; end: string } {
  const values: unknown[] = [];
  return { ...readFrames(bytes, (value) => values.push(value)), values };
}

const values = [{ a: 'first\nline' }, ['한국어', 2], { b: null }];
const bytes = Buffer.concat(values.map(frame));

describe('frames', () => {
  it('gives back what was written', () => {
    expect(read(bytes)).toEqual({ values, good: bytes.length, end: 'whole' });
  });

  it('drops a torn tail at whatever byte it was torn, and nothing else', () => {
    const whole = Buffer.concat(values.slice(0, 2).map(frame));
    for (let length = whole.length; length < bytes.length; length += 1) {
      const end = length === whole.length ? 'whole' : 'torn';
      expect(read(bytes.subarray(0, length))).toEqual({
        values: values.slice(0, 2),
        good: whole.length,
        end,
      });
    }
  });

  it('notices a change of any single byte of a finished frame', () => {
    const first = frame(values[0]);
    for (let at = first.length; at < first.length + frame(values[1]).length; at += 1) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(read(changed)).toEqual({ values: values.slice(0, 1), good: first.length, end: 'corrupt' });
    }
  });
});
