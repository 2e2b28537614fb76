import { describe, expect, it } from 'vitest';
import { FilterPatternFailure, parseFilterPattern } from './pattern.ts';

const kept = (pattern: string, messages: readonly string[]): number[] => {
  const parsed = parseFilterPattern(pattern);
  return messages.flatMap((message, index) => (parsed.match(message) === undefined ? [] : [index]));
};

const ACCESS = [
  '127.0.0.1 - frank [10/Oct/2000:13:25:15 -0700] "GET /apache_pb.gif HTTP/1.0" 200 1534',
  '127.0.0.1 - frank [10/Oct/2000:13:35:22 -0700] "GET /apache_pb.gif HTTP/1.0" 500 5324',
  '127.0.0.1 - frank [10/Oct/2000:13:50:35 -0700] "GET /index.html HTTP/1.0" 404 4355',
];
const LINES = [
  'INFO 09/25/2014 12:00:00 GET /service/resource/67 1200',
  'INFO 09/25/2014 12:00:01 POST /service/resource/67/part/111 1310',
  'WARNING 09/25/2014 12:00:02 Invalid user request',
  'ERROR 09/25/2014 12:00:02 Failed to process request',
];

describe('space-delimited', () => {
  it.each([
    ['[ip, user, username, timestamp, request, status_code, bytes > 2000]', [1, 2]],
    ['[ip, user, username, timestamp, request, status_code = 200, bytes]', [0]],
    ['[ip, user, username, timestamp, request, status_code = 4*, bytes]', [2]],
    ['[ip, user, username, timestamp, request = *html*, status_code = 4*, bytes]', [2]],
    ['[ip=%127\\.0\\.0\\.[1-9]%, user, username, timestamp, request =*.html*, status_code = 4*, bytes]', [2]],
    ['[..., request="*GET*", status_code=5*, bytes > 1000]', [1]],
    ['[..., status_code, bytes]', [0, 1, 2]],
    ['[ip, user, ..., status_code = 200, bytes]', [0]],
    ['[ip, user, ...]', [0, 1, 2]],
    ['[..., status_code = 404 || status_code = 500, bytes]', [1, 2]],
    ['[..., status_code >= 400 && status_code != 404 || status_code = 200, bytes]', [0, 1]],
    ['[a, b, c, d, e, f, g, h]', []],
    ['[a, b, c, d, e, f, g, h, ...]', []],
    ['[ip, user, username = alice, ...]', []],
    ['[]', [0, 1, 2]],
  ])('%s', (pattern, expected) => {
    expect(kept(pattern, ACCESS)).toEqual(expected);
  });

  it.each([
    ['[w1=ERROR, w2]', [3]],
    ['[w1=ERROR || w1=WARNING, w2]', [2, 3]],
    ['[w1=ERROR || w1=%WARN%, w2]', [2, 3]],
    ['[w1!=ERROR && w1!=WARNING, w2]', [0, 1]],
    ['[logLevel, date, time, method, url=%/service/resource/[0-9]+$%, response_time]', [0]],
    ['[logLevel, date, time, method, url=%/service/resource/[0-9]+/part/[0-9]+$%, response_time]', [1]],
    ['[w1=ERROR]', []],
  ])('%s', (pattern, expected) => {
    expect(kept(pattern, LINES)).toEqual(expected);
  });

  it('extracts named fields, and the others by number', () => {
    const fields = (pattern: string): unknown =>
      parseFilterPattern(pattern).match(ACCESS[0] ?? '')?.extracted;
    expect(fields('[ip, identity, user_id, timestamp, request, status_code, size]')).toEqual({
      $ip: '127.0.0.1',
      $identity: '-',
      $user_id: 'frank',
      $timestamp: '10/Oct/2000:13:25:15 -0700',
      $request: 'GET /apache_pb.gif HTTP/1.0',
      $status_code: '200',
      $size: '1534',
    });
    expect(fields('[..., status_code=200, size]')).toEqual({
      $1: '127.0.0.1',
      $2: '-',
      $3: 'frank',
      $4: '10/Oct/2000:13:25:15 -0700',
      $5: 'GET /apache_pb.gif HTTP/1.0',
      $status_code: '200',
      $size: '1534',
    });
    expect(fields('[..., request=*.gif*, status_code=2*,]')).toMatchObject({
      $status_code: '200',
      $7: '1534',
    });
    const match = parseFilterPattern('[ip, rest]').match(ACCESS[0] ?? '');
    expect(match?.value('$rest')).toBe((ACCESS[0] ?? '').slice('127.0.0.1 '.length));
    expect(match?.value('$1')).toBe('127.0.0.1');
    expect(match?.value('$9')).toBeUndefined();
  });

  it("reads Lambda's REPORT line, whose fields are separated by tabs", () => {
    const line =
      'REPORT RequestId: 1-2\tDuration: 12.34 ms\tBilled Duration: 13 ms\tMemory Size: 128 MB\tMax Memory Used: 81 MB\t\n';
    const pattern =
      '[report=REPORT, l1="RequestId:", id, l2="Duration:", duration > 12, l3=ms, l4, l5, billed, l6, l7, l8, memory, l9, l10, l11, l12, used, unit=MB]';
    const match = parseFilterPattern(pattern).match(line);
    expect(match?.value('$duration')).toBe('12.34');
    expect(match?.value('$used')).toBe('81');
    expect(match?.value('$unit')).toBe('MB');
  });

  it.each([
    '[a, b',
    '[a, ..., b, ..., c]',
    '[a, a]',
    '[a = ]',
    '[a, b] x',
    '[a = 1 ||]',
    '[1a]',
    '[a=1 || b=1]',
    '[a > x]',
  ])('refuses %s', (pattern) => {
    expect(() => parseFilterPattern(pattern)).toThrow(FilterPatternFailure);
  });

  it('takes time in proportion to the line', () => {
    const pattern = parseFilterPattern('[..., last]');
    for (const piece of ['[a ', '"a ', '"a\\" ', '[a]b ', '""" ']) {
      const started = process.cpuUsage();
      pattern.match(piece.repeat(1_048_576 / piece.length));
      expect(process.cpuUsage(started).user / 1_000, piece).toBeLessThan(2_000);
    }
  });
});
