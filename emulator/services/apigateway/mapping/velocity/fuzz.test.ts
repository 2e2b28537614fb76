import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderTemplate, TemplateFailure } from '../template.ts';
import { variablesFor } from '../testing.ts';
import { expression, reference, template } from './testing/drawn-templates.ts';

/** `COLDSTART_FUZZ_RUNS` makes it longer: a proof runs 10,000 of each kind. */
const numRuns = Number(process.env['COLDSTART_FUZZ_RUNS'] ?? 1000);

const variables = variablesFor({
  stageVariables: { alias: 'live' },
  request: { headers: { Accept: ['*/*'] }, query: { q: ['1', '2'] }, path: { id: '7' } },
});
const BODY = '{"a":[1,2.5,{"b":"x"}],"s":"it\'s","n":null,"o":{"k":"v","l":[[],{}]}}';

/** How often each outcome came, so that the fuzzing cannot become empty without notice. */
const outcomes = new Map<string, number>();
const count = (outcome: string): void => {
  outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
};

/** Renders, or fails in the one way that is allowed; answers how long it took, in ms. */
function tried(template: string, body: string): number {
  const started = performance.now();
  try {
    const { text } = renderTemplate(template, body, variables);
    expect(typeof text).toBe('string');
    count('rendered');
  } catch (error) {
    if (!(error instanceof TemplateFailure))
      throw new Error(`${template}: ${String(error)}`, { cause: error });
    count(error.kind);
  }
  return performance.now() - started;
}

describe('templates that nobody wrote', () => {
  it('made of the language: render or fail with a TemplateFailure, and end', () => {
    let longest = 0;
    fc.assert(
      fc.property(fc.oneof(template, expression, reference), (text) => {
        longest = Math.max(longest, tried(text, BODY));
      }),
      { numRuns },
    );
    expect(longest).toBeLessThan(10_000);
    console.log(
      `fuzz: ${JSON.stringify(Object.fromEntries(outcomes))}, the longest ${longest.toFixed(0)} ms`,
    );
    expect(outcomes.get('rendered')).toBeGreaterThan(numRuns / 5);
    expect(outcomes.get('syntax')).toBeGreaterThan(numRuns / 20);
    expect(outcomes.get('evaluation')).toBeGreaterThan(numRuns / 5000);
  }, 180_000);

  it('made of pieces without order', () => {
    const piece = fc.constantFrom(
      ...[
        '$',
        '#',
        '{',
        '}',
        '(',
        ')',
        '[',
        ']',
        '"',
        "'",
        '.',
        ',',
        ':',
        '!',
        '=',
        '..',
        '\\',
        '|',
        '&',
        '-',
        ' ',
        '\n',
        '\r\n',
      ],
      ...[
        '#if(',
        '#set($x=',
        '#foreach($i in ',
        '#end',
        '#{else}',
        '$x',
        '$input.json(',
        "'$.a'",
        '1',
        '1.5e9',
        'eq',
        'not ',
      ],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        tried(pieces.join(''), BODY);
      }),
      { numRuns },
    );
  }, 120_000);

  it('any text, over any body', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (text, body) => {
        tried(text, body);
        tried(
          `$input.json('$')$input.path('$').a$util.escapeJavaScript($input.body)$util.urlDecode($input.body)`,
          body,
        );
      }),
      { numRuns },
    );
  }, 120_000);

  it('any path into any document, as JSON that can be read again', () => {
    const step = fc.constantFrom(
      ...[
        '.a',
        '..',
        '.*',
        '[*]',
        '[0]',
        '[-1]',
        '[1:]',
        "['a','b']",
        '[?(@.a)]',
        '[?(@.b == "x")]',
        '[?(@ > 1 || !(@.k))]',
        '.length()',
      ],
      ...[
        '[',
        ']',
        '(',
        "'",
        '[?(',
        '@',
        '..*',
        '[?(@.s =~ /(a+)+$/)]',
        '.sum()',
        '[0,1]',
        '[?(@.k in ["v"])]',
        ' ',
        '$',
      ],
    );
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), fc.array(step, { maxLength: 8 }), (body, steps) => {
        const path = `$${steps.join('')}`;
        try {
          const { text } = renderTemplate(`$input.json("${path.replaceAll('"', '""')}")`, body, variables);
          JSON.parse(text);
        } catch (error) {
          if (!(error instanceof TemplateFailure)) throw new Error(path, { cause: error });
        }
      }),
      { numRuns },
    );
  }, 120_000);

  it('large and one-sided texts end soon', () => {
    const pieces = [
      '#if(true)',
      '#[[',
      '$a[',
      '$a[ ',
      '${',
      '${a',
      '#set($x=',
      '[',
      '"',
      "'",
      '(',
      '#*',
      '#foreach($i in [1..2])',
      '$x.y(',
      '1+',
      '#set($x=1+',
      '$x.a',
      '$x[1]',
      '#if(1)#elseif(1)',

      '\\',
      ' ',
      '\t#set',
      '#{',
      '!',
      '$a[$a[',
      '#m(',
      '#macro(m)#m()',
    ];
    for (const one of pieces) {
      const started = performance.now();
      tried(one.repeat(Math.floor(100_000 / one.length)), BODY);
      expect(performance.now() - started, JSON.stringify(one)).toBeLessThan(20_000);
    }
  });
});
