import { describe, expect, it } from 'vitest';
import { readPicture } from './picture.ts';

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAIAAAASFvFNAAAADklEQVR4nGNgYGCAEAAACAABp5a1TwAAAABJRU5ErkJggg==',
  'base64',
);
/** A comment first, then a frame of 640 x 480. */
const jpeg = Uint8Array.from([
  ...[0xff, 0xd8, 0xff, 0xfe, 0x00, 0x05, 0x68, 0x69, 0x21],
  ...[0xff, 0xc0, 0x00, 0x11, 0x08, 0x01, 0xe0, 0x02, 0x80, 0x03],
]);

describe('what the first bytes tell', () => {
  it.each([
    ['PNG', png, { type: 'png', width: 3, height: 2 }],
    ['GIF', Buffer.from('R0lGODlhBQAEAIAAAAAAAP///w==', 'base64'), { type: 'gif', width: 5, height: 4 }],
    ['JPEG', jpeg, { type: 'jpeg', width: 640, height: 480 }],
  ])('%s', (_, bytes, picture) => {
    expect(readPicture(bytes)).toEqual(picture);
  });

  it('nothing, where it is no picture or too short', () => {
    for (const whole of [png, jpeg, Buffer.from('GIF89a')])
      for (let length = 0; length < Math.min(whole.length, 18); length += 1)
        expect(readPicture(whole.subarray(0, length))?.type).not.toBe('png');
    expect(readPicture(Buffer.from('A text that is long enough to be something'))).toBeUndefined();
    expect(readPicture(jpeg.subarray(0, 15))).toBeUndefined();
  });

  it('ends where the segments of a JPEG do not go on', () => {
    expect(readPicture(Uint8Array.from([0xff, 0xd8, ...new Array<number>(40).fill(0)]))).toBeUndefined();
  });
});
