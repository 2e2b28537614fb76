import { createHmac } from 'node:crypto';

/** What looks random to a student and is decided by the seed. */
export interface Chance {
  nonce(label?: string): string;
  integer(min: number, max: number): number;
}

// Without vowels and look-alikes: no word comes out by chance, and nothing is misread when typed off a screen.
const letters = 'bcdfghjkmnpqrstvwxz23456789';
const nonceLength = 10;

/**
 * A check's own chance. Each value is derived from the seed, the check and how many it has asked for, so that the
 * values do not depend on which checks run beside it.
 */
export function chanceOf(seed: number, checkId: string): Chance {
  const counters = { nonce: 0, integer: 0 };
  const derive = (kind: keyof typeof counters): Buffer => {
    const count = (counters[kind] += 1);
    return createHmac('sha256', `coldstart ${String(seed)}`)
      .update(JSON.stringify([checkId, kind, count]))
      .digest();
  };
  return {
    nonce(label) {
      const bytes = derive('nonce');
      let text = '';
      for (let index = 0; index < nonceLength; index += 1)
        // Two bytes each, so that no letter is noticeably likelier.
        text += letters[bytes.readUInt16BE(index * 2) % letters.length] ?? '';
      return label === undefined ? text : `${label}-${text}`;
    },
    integer(min, max) {
      if (!Number.isSafeInteger(min) || !Number.isSafeInteger(max) || min > max)
        throw new RangeError(`integer(${String(min)}, ${String(max)}) has no whole number to choose`);
      const size = BigInt(max) - BigInt(min) + 1n;
      return Number(BigInt(min) + (derive('integer').readBigUInt64BE(0) % size));
    },
  };
}
