import { describe, expect, it } from 'vitest';
import { longestEvent, readFrames } from './frames.ts';
import type { Frame } from './frames.ts';
import { splitLines } from './lines.ts';

function frame(type: number, body: string | Uint8Array): Buffer {
  const bytes = Buffer.from(body);
  const header = Buffer.alloc(16);
  header.writeUInt32BE(type, 0);
  header.writeUInt32BE(bytes.length, 4);
  return Buffer.concat([header, bytes]);
}
const text = 0xa55a000f;
const told = (frames: Frame[]) =>
  frames.map((one) =>
    'bytes' in one ? `${one.stream}:${Buffer.from(one.bytes).toString()}` : JSON.stringify(one),
  );

/** Feeds bytes in pieces of a size and returns the frames. */
function feed(bytes: Buffer, size: number): Frame[] {
  const frames: Frame[] = [];
  const read = readFrames((one) =>
    frames.push('bytes' in one ? { ...one, bytes: Buffer.from(one.bytes) } : one),
  );
  for (let at = 0; at < bytes.length; at += size) {
    // A buffer of its own that is overwritten afterwards, as a socket does.
    const piece = Buffer.from(bytes.subarray(at, at + size));
    read(piece);
    piece.fill(0x21);
  }
  return frames;
}

describe('frames', () => {
  const bytes = Buffer.concat([
    frame(text, 'first\nline ü\n'),
    frame(0xa55a0003, ''),
    frame(0xa55ac001, 'out'),
    frame(0xa55ac002, 'err'),
    frame(0xa55ac003, '{"requestId":"r","peakKB":12}'),
    frame(0xa55a0012, '{"level":"WARN"}'),
  ]);
  const expected = [
    '{"kind":"message","text":"first\\nline ü\\n"}',
    '{"kind":"message","text":""}',
    'stdout:out',
    'stderr:err',
    '{"kind":"complete","requestId":"r","peakKB":12}',
    '{"kind":"message","text":"{\\"level\\":\\"WARN\\"}"}',
  ];

  it.each([1, 2, 7, 15, 16, 17, 64, 10_000])('are found in pieces of %i bytes', (size) => {
    expect(told(feed(bytes, size))).toEqual(expected);
  });

  it('are cut where they are longer than an event, between characters', () => {
    const frames = feed(Buffer.concat([frame(text, 'é'.repeat(longestEvent)), frame(text, 'next')]), 65_536);
    expect(frames).toHaveLength(2);
    const [long] = frames;
    expect(long?.kind === 'message' && [long.text.length, long.text.endsWith('é')]).toEqual([
      longestEvent / 2,
      true,
    ]);
    const odd = feed(frame(text, `x${'é'.repeat(longestEvent)}`), 65_536)[0];
    expect(odd?.kind === 'message' && odd.text.endsWith('é')).toBe(true);
  });

  it.each(['{"requestId":7}', 'no json', 'null', '[]'])('a mark %s is no mark', (body) => {
    expect(feed(frame(0xa55ac003, body), 100)).toEqual([]);
  });

  it('bytes that are no frame are passed on as printed, with all that follows', () => {
    const frames = feed(
      Buffer.concat([frame(text, 'a'), Buffer.from('a function wrote this here'), bytes]),
      4_096,
    );
    expect(told(frames)[0]).toBe('{"kind":"message","text":"a"}');
    expect(told(frames)[1]).toContain('stdout:a function wrote this here');
    expect(frames).toHaveLength(2);
  });
});

describe('lines', () => {
  const split = (...pieces: string[]): string[] => {
    const lines: string[] = [];
    const splitter = splitLines((line) => lines.push(line));
    for (const piece of pieces) splitter.write(Buffer.from(piece, 'latin1'));
    splitter.flush();
    splitter.flush();
    return lines;
  };

  it.each([
    [['a\nb\n'], ['a\n', 'b\n']],
    [
      ['a', 'b', '\n', 'c'],
      ['ab\n', 'c'],
    ],
    [['\n\n'], ['\n', '\n']],
    [['\xc3', '\xbc\n'], ['ü\n']],
    [['\xff\n'], ['\ufffd\n']],
    [[], []],
  ])('of %j are %j', (pieces, lines) => {
    expect(split(...pieces)).toEqual(lines);
  });

  it('are cut where they are longer than an event, and what follows is whole', () => {
    const lines = split(...Array.from({ length: 30 }, () => 'x'.repeat(100_000)), '\nnext\n');
    expect(lines.map((line) => line.length)).toEqual([longestEvent, 5]);
  });
});
