import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { QueryFailure } from './failure.ts';
import { parseQuery } from './syntax/parse.ts';
import { ask, NOW } from './testing/ask.ts';

const json = (value: unknown): string => JSON.stringify(value);
const report = (duration: number, init?: number): string =>
  `REPORT RequestId: 5d4bdd20-0000-4000-8000-00000000000a\tDuration: ${duration} ms\tBilled Duration: ${Math.ceil(duration)} ms\tMemory Size: 128 MB\tMax Memory Used: 36 MB\t${init === undefined ? '' : `Init Duration: ${init} ms\t`}\n`;
const LAMBDA = [
  'INIT_START Runtime Version: nodejs:24.v1\n',
  'START RequestId: 5d4bdd20-0000-4000-8000-00000000000a Version: $LATEST\n',
  '2026-11-23T10:20:00.000Z\t5d4bdd20-0000-4000-8000-00000000000a\tERROR\tDeclined {"orderId":"o-1","total":12.5}\n',
  'END RequestId: 5d4bdd20-0000-4000-8000-00000000000a\n',
  report(10.5, 110.1),
  report(30),
];
const SHOP = [
  json({ level: 'INFO', user: { id: 'u1', tags: ['a', 'b'] }, latency: 10, ok: true }),
  json({ level: 'ERROR', user: { id: 'u2', tags: [] }, latency: 30, ok: false, path: '/cart?x=1' }),
  json({ level: 'INFO', user: { id: 'u1' }, latency: 20, ok: true, ip: '10.0.3.7' }),
  'plain text',
];

describe('commands', () => {
  it('answers @timestamp and @message without fields, latest first', () => {
    expect(ask('filter level = "INFO"', SHOP)).toEqual([
      { '@timestamp': '2026-11-23 10:20:32.000', '@message': SHOP[2] },
      { '@timestamp': '2026-11-23 10:20:30.000', '@message': SHOP[0] },
    ]);
  });

  it.each<[string, Record<string, string>[]]>([
    [
      'fields level, latency * 2 as twice | filter twice >= 40 | sort twice desc',
      [
        { level: 'ERROR', twice: '60' },
        { level: 'INFO', twice: '40' },
      ],
    ],
    ['fields user.id as id, user.tags.0 as tag | filter ispresent(tag)', [{ id: 'u1', tag: 'a' }]],
    ['fields user.tags[1] | filter ispresent(user.tags[1])', [{ 'user.tags.1': 'b' }]],
    [
      'stats count(*) by level | sort level',
      [{ level: 'ERROR', 'count(*)': '1' }, { level: 'INFO', 'count(*)': '2' }, { 'count(*)': '1' }],
    ],
    [
      'stats count(*) as n, avg(latency), max(latency), min(latency), sum(latency) as total',
      [{ n: '4', 'avg(latency)': '20', 'max(latency)': '30', 'min(latency)': '10', total: '60' }],
    ],
    ['stats count_distinct(user.id) as users, count(level) as levels', [{ users: '2', levels: '3' }]],
    [
      'stats pct(latency, 50) as p50, pct(latency, 100) as p100, stddev(latency) as sd',
      [{ p50: '20', p100: '30', sd: '8.165' }],
    ],
    ['stats earliest(level) as first, latest(user.id) as last', [{ first: 'INFO', last: 'u1' }]],
    ['stats sortsFirst(user.id) as a, sortsLast(user.id) as z', [{ a: 'u1', z: 'u2' }]],
    ['stats sum(latency) / count(latency) as mean', [{ mean: '20' }]],
    ['stats count(*) by bin(1m)', [{ 'bin(1m)': '2026-11-23 10:20:00.000', 'count(*)': '4' }]],
    ['stats max(latency) as worst by level | filter worst > 20 | display level', [{ level: 'ERROR' }]],
    ['stats count(*) as n by user.id | stats max(n) as most', [{ most: '2' }]],
    ['filter ispresent(level) | fields level | dedup level', [{ level: 'INFO' }, { level: 'ERROR' }]],
    ['fields level | sort latency asc | limit 1', [{ level: 'INFO' }]],
    ['fields level | display user.id | filter user.id = "u2"', [{ 'user.id': 'u2' }]],
    [
      'filter @message like /(?i)PLAIN/ | fields @logStream, @log',
      [{ '@logStream': 'stream-1', '@log': '111111111111:/aws/lambda/shop' }],
    ],
    ['filter @message like "plain" # a comment\n| fields strlen(@message) as n', [{ n: '10' }]],
    ['filter @message not like "{" | fields @message', [{ '@message': 'plain text' }]],
    ['filter @message =~ /^pl.in/ | fields @message', [{ '@message': 'plain text' }]],
    ['filter user.id in ["u2", "u9"] | fields user.id', [{ 'user.id': 'u2' }]],
    ['filter user.id not in ["u1"] and ispresent(user.id) | fields user.id', [{ 'user.id': 'u2' }]],
    ['filter not (level = "INFO" or level = "ERROR") | fields @message', [{ '@message': 'plain text' }]],
    ['filter ok = 0 | fields level', [{ level: 'ERROR' }]],
    ['filter ok = false | fields level', [{ level: 'ERROR' }]],
    ['filter isIpv4InSubnet(ip, "10.0.0.0/16") | fields ip', [{ ip: '10.0.3.7' }]],
  ])('%s', (query, expected) => {
    expect(ask(query, SHOP)).toEqual(expected);
  });

  it("discovers Lambda's fields", () => {
    expect(
      ask(
        'filter @type = "REPORT" | fields @duration, @billedDuration, @initDuration, @maxMemoryUsed, @memorySize',
        LAMBDA,
      ),
    ).toEqual([
      {
        '@duration': '30',
        '@billedDuration': '30',
        '@maxMemoryUsed': '36000000',
        '@memorySize': '128000000',
      },
      {
        '@duration': '10.5',
        '@billedDuration': '11',
        '@initDuration': '110.1',
        '@maxMemoryUsed': '36000000',
        '@memorySize': '128000000',
      },
    ]);
    expect(
      ask(
        'filter @type="REPORT" | stats count(*) as calls, sum(ispresent(@initDuration)) as cold, pct(@duration, 95) as p95 by bin(5m)',
        LAMBDA,
      ),
    ).toEqual([{ 'bin(5m)': '2026-11-23 10:20:00.000', calls: '2', cold: '1', p95: '30' }]);
    expect(ask('filter orderId = "o-1" | fields @requestId, total', LAMBDA)).toEqual([
      { '@requestId': '5d4bdd20-0000-4000-8000-00000000000a', total: '12.5' },
    ]);
    expect(ask('fields @memorySize / 1024 / 1024 as MB | filter @type = "REPORT" | limit 1', LAMBDA)).toEqual(
      [{ MB: '122.0703' }],
    );
  });

  it('parses with globs and with regular expressions', () => {
    const lines = ['25 May 2019 10:24:39,474 [ERROR] user=ada, method:GET, latency := 7'];
    expect(
      ask(
        'parse @message "user=*, method:*, latency := *" as @user, @method, @latency | display @user, @method, @latency',
        lines,
      ),
    ).toEqual([{ '@user': 'ada', '@method': 'GET', '@latency': '7' }]);
    expect(
      ask('parse @message /user=(?<user2>.*?), method:(?<method2>.*?),/ | fields user2, method2', lines),
    ).toEqual([{ user2: 'ada', method2: 'GET' }]);
    expect(ask('parse @message /(?P<level>ERROR)/ | display level', lines)).toEqual([{ level: 'ERROR' }]);
    expect(ask('parse @message "[*] *" as level, rest | stats avg(@latency) by level', lines)).toEqual([
      { level: 'ERROR' },
    ]);
    expect(ask('fields @message | parse @message "nothing=*" as x', lines)).toEqual([
      { '@message': lines[0] },
    ]);
  });

  it('orders bins from the latest', () => {
    const events = [0, 1, 2].map((minute) => ({ t: NOW + minute * 60_000, m: `m${minute}` }));
    expect(ask('stats count(*) by bin(1m) as minute', events).map(({ minute }) => minute)).toEqual([
      '2026-11-23 10:22:00.000',
      '2026-11-23 10:21:00.000',
      '2026-11-23 10:20:00.000',
    ]);
  });
});

describe('functions', () => {
  it.each([
    ['abs(-3)', '3'],
    ['ceil(1.2)', '2'],
    ['floor(-1.2)', '-2'],
    ['greatest(1, 5, 3)', '5'],
    ['least(4, 2)', '2'],
    ['log(1)', '0'],
    ['sqrt(9)', '3'],
    ['2 ^ 3 ^ 2', '512'],
    ['7 % 4 + 2 * 3', '9'],
    ['10 / 4', '2.5'],
    ['isempty("")', '1'],
    ['isblank("  ")', '1'],
    ['concat("a", 1, "b")', 'a1b'],
    ['ltrim("xxa", "x")', 'a'],
    ['rtrim("a  ")', 'a'],
    ['trim("  a ")', 'a'],
    ['strlen("한글")', '2'],
    ['toupper("ab")', 'AB'],
    ['tolower("AB")', 'ab'],
    ['substr("abcdef", 2)', 'cdef'],
    ['substr("abcdef", 1, 3)', 'bcd'],
    ['replace("a.b.c", ".", "$&")', 'a$&b$&c'],
    ['strcontains("hello", "ell")', '1'],
    ['coalesce(nothing, "x")', 'x'],
    ['ispresent(nothing)', '0'],
    ['isValidIp("::1")', '1'],
    ['isValidIpV4("::1")', '0'],
    ['isValidIpV6("::1")', '1'],
    ['isIpInSubnet("10.1.2.3", "10.1.0.0/16")', '1'],
    ['isIpv6InSubnet("fe80::1", "fe80::/10")', '1'],
    ['isIpInSubnet("10.1.2.3", "no/where")', '0'],
    ['toMillis(@timestamp)', String(NOW)],
    ['fromMillis(0)', '1970-01-01 00:00:00.000'],
    ['datefloor(@timestamp, 1h)', '2026-11-23 10:00:00.000'],
    ['dateceil(@timestamp, 1h)', '2026-11-23 11:00:00.000'],
    ['datefloor(@timestamp, 1d)', '2026-11-23 00:00:00.000'],
    ['datefloor(@timestamp, 1w)', '2026-11-23 00:00:00.000'],
    ['datefloor(@timestamp, 1mo)', '2026-11-01 00:00:00.000'],
    ['datefloor(@timestamp, 1q)', '2026-10-01 00:00:00.000'],
    ['dateceil(@timestamp, 1y)', '2027-01-01 00:00:00.000'],
    ['bin(20s)', '2026-11-23 10:20:20.000'],
    ['jsonStringify(jsonParse(\'{"a":[1,2]}\'))', '{"a":[1,2]}'],
    ['now()', String(NOW / 1000)],
  ])('%s is %s', (expression, expected) => {
    expect(ask(`fields ${expression} as x | display x`, ['m'])).toEqual([{ x: expected }]);
  });

  it('looks into parsed JSON', () => {
    expect(
      ask('fields jsonParse(@message) as o | display o.a.b, o.list.1', [json({ a: { b: 7 }, list: [1, 2] })]),
    ).toEqual([{ 'o.a.b': '7', 'o.list.1': '2' }]);
  });
});

describe('what is refused', () => {
  it.each([
    ['fields @message | foo', 'unexpected symbol found foo at line 1 and position 19', 18],
    ['fields @message |', 'unexpected symbol found <EOF> at line 1 and position 18', 17],
    ['filter level = ', 'unexpected symbol found <EOF> at line 1 and position 16', 15],
    ['fields a\n| sort ,', 'unexpected symbol found , at line 2 and position 8', 16],
    ['filter (a = 1', 'unexpected symbol found <EOF>', 13],
    ['filter a = "x', 'unexpected symbol found "', 11],
    ['fields nope(1)', 'Unknown function nope', 7],
    ['fields count(*)', 'The aggregation function count can be used in the stats command only.', 7],
    ['stats level', 'level is no aggregation', 6],
    ['pattern @message', 'The command pattern is not supported by this cloud.', 0],
    ['fields a | diff', 'The command diff is not supported', 11],
    ['dedup a | fields b', 'Only the limit command can follow the dedup command.', 10],
    ['limit 0', 'limit must be between', 6],
    ['parse @message "*" as a, b', '1 wildcards and 2 names', 15],
    ['filter a like /(/', 'Invalid regular expression', 14],
    ['fields abs(1, 2)', 'Invalid arguments for function abs', 7],
    ['stats count(*) | stats count(*) | stats count(*)', 'at most 2 stats', 34],
    ['', 'unexpected symbol found <EOF>', 0],
  ])('%s', (query, message, start) => {
    let failure: unknown;
    try {
      ask(query, ['m']);
    } catch (error) {
      failure = error;
    }
    expect(failure).toBeInstanceOf(QueryFailure);
    expect(failure).toMatchObject({ message: expect.stringContaining(message) as string, start });
  });

  it('is anything but a query, and never anything else than by a QueryFailure', () => {
    const piece = fc.constantFrom(
      'fields',
      'filter',
      'stats',
      'parse',
      'sort',
      'limit',
      'dedup',
      'display',
      '|',
      ',',
      '(',
      ')',
      '[',
      ']',
      '"a*b"',
      '/x(?<y>z)/',
      '=',
      '!=',
      'like',
      'not',
      'in',
      'as',
      'by',
      'count(*)',
      'bin(5m)',
      '5m',
      '7',
      '@message',
      'a.b',
      '`q r`',
      '-',
      '*',
      '/',
      '^',
      '#',
      '\n',
      "'",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        try {
          ask(pieces.join(' '), SHOP);
        } catch (error) {
          expect(error).toBeInstanceOf(QueryFailure);
        }
      }),
      { numRuns: 3_000 },
    );
  });
});

describe('properties', () => {
  it('calculates as JavaScript does', () => {
    const number = fc.integer({ min: -50, max: 50 });
    fc.assert(
      fc.property(
        number,
        number,
        number,
        fc.constantFrom('+', '-', '*'),
        fc.constantFrom('+', '-', '*'),
        (a, b, c, one, two) => {
          const text = `(${a}) ${one} (${b}) ${two} (${c})`;
          // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the oracle
          const expected = (new Function(`return ${text}`) as () => number)();
          expect(ask(`fields ${text} as x | display x`, ['m'])).toEqual([{ x: String(expected + 0) }]);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('groups as a map does', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ k: fc.constantFrom('a', 'b', 'c'), v: fc.integer({ min: 0, max: 9 }) }), {
          minLength: 1,
          maxLength: 30,
        }),
        (events) => {
          const sums = new Map<string, number>();
          for (const { k, v } of events) sums.set(k, (sums.get(k) ?? 0) + v);
          const got = ask('stats sum(v) as s by k', events.map(json));
          expect(new Map(got.map(({ k, s }) => [k, Number(s)]))).toEqual(sums);
        },
      ),
    );
  });

  it('parses what it is given in time that grows with it', () => {
    const started = process.cpuUsage();
    parseQuery(`fields ${Array.from({ length: 2_000 }, (_, index) => `f${index} + ${index}`).join(', ')}`);
    expect(process.cpuUsage(started).user / 1_000).toBeLessThan(2_000);
  });
});
