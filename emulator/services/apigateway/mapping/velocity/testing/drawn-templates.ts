import fc from 'fast-check';

const word = fc.constantFrom(
  'x',
  'input',
  'context',
  'util',
  'stageVariables',
  'foreach',
  'm',
  '__proto__',
  'constructor',
);
const name = fc.constantFrom(
  ...[
    'a',
    's',
    'o',
    'path',
    'json',
    'params',
    'body',
    'size',
    'get',
    'put',
    'add',
    'addAll',
    'keySet',
    'entrySet',
  ],
  ...[
    'values',
    'replaceAll',
    'split',
    'substring',
    'toString',
    'equals',
    'length',
    'remove',
    'subList',
    'repeat',
  ],
  ...[
    'requestOverride',
    'responseOverride',
    'header',
    'status',
    'escapeJavaScript',
    'urlDecode',
    'parseJson',
    'matches',
  ],
  ...[
    'base64Decode',
    'class',
    'toString',
    '__proto__',
    'constructor',
    'hasOwnProperty',
    'hashCode',
    'parseInt',
  ],
);
/** Texts made of the language of templates. */
export const { expression, reference, template } = fc.letrec<{
  expression: string;
  reference: string;
  template: string;
  part: string;
}>((tie) => ({
  reference: fc
    .tuple(
      fc.constantFrom('$', '$!', '\\$'),
      word,
      fc.array(
        fc.oneof(
          name.map((key) => `.${key}`),
          fc
            .tuple(name, fc.array(tie('expression'), { maxLength: 3 }))
            .map(([key, args]) => `.${key}(${args.join(',')})`),
          tie('expression').map((key) => `[${key}]`),
        ),
        { maxLength: 3 },
      ),
    )
    .map((parts) => parts.flat().join('')),
  expression: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(
      '1',
      '-3',
      '2.5',
      'true',
      'null',
      '""',
      "'$.a'",
      "'$..*'",
      '"$.a[?(@.b)]"',
      '[1..30]',
      '999999999',
      '"(a+)+"',
    ),
    tie('reference'),
    fc
      .tuple(
        tie('expression'),
        fc.constantFrom('+', '-', '*', '/', '%', '==', '<', '&&', '||', 'ne'),
        tie('expression'),
      )
      .map((parts) => `(${parts.join(' ')})`),
    fc.array(tie('expression'), { maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
    fc.tuple(tie('expression'), tie('expression')).map(([key, value]) => `{${key}: ${value}}`),
    tie('template').map((text) => `"${text.replaceAll('"', '""')}"`),
    tie('expression').map((value) => `!${value}`),
  ),
  part: fc.oneof(
    { depthSize: 'small' },
    fc.string({ maxLength: 5 }),
    tie('reference'),
    fc.tuple(tie('reference'), tie('expression')).map(([to, value]) => `#set(${to} = ${value})`),
    fc
      .tuple(tie('expression'), tie('template'), tie('template'))
      .map(([when, yes, no]) => `#if(${when})${yes}#else${no}#end`),
    fc
      .tuple(word, tie('expression'), tie('template'))
      .map(([item, of, body]) => `#foreach($${item} in ${of})${body}#end`),
    tie('template').map((body) => `#macro(m $x)${body}#end`),
    tie('template').map((body) => `#define($x)${body}#end`),
    tie('expression').map((value) => `#m(${value})`),
    tie('expression').map((value) => `#evaluate(${value})`),
    fc
      .tuple(
        fc.constantFrom(
          'input.path',
          'input.json',
          'input.params',
          'util.parseJson',
          'util.urlDecode',
          'util.escapeJavaScript',
        ),
        tie('expression'),
      )
      .map(([call, value]) => `$${call}(${value})`),
    fc.constantFrom(
      '#break',
      '#stop',
      '#end',
      '#else',
      '##',
      '#*',
      '#[[',
      ']]#',
      '${',
      '\n',
      '$input.json("$")',
      '#@m()',
    ),
  ),
  template: fc.array(tie('part'), { maxLength: 5 }).map((parts) => parts.join('')),
}));
