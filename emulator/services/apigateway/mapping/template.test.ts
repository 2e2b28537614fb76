import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { renderTemplate, TemplateFailure } from './template.ts';
import { variablesFor } from './testing.ts';

const render = (template: string, body = '', change: Parameters<typeof variablesFor>[0] = {}): string =>
  renderTemplate(template, body, variablesFor(change)).text;
const json = (template: string, value: unknown): string => render(template, JSON.stringify(value));

function failure(template: string, body = ''): TemplateFailure {
  try {
    render(template, body);
  } catch (error) {
    if (error instanceof TemplateFailure) return error;
    throw error;
  }
  throw new Error(`${template} gave no failure`);
}

const file = join(process.cwd(), '..', 'shared', 'recorded', 'aws', 'test_apigateway_common.snapshot.json');
const present = existsSync(file);
if (!present) console.log('skipped: the answers recorded on AWS are not here (../shared/recorded/aws)');

describe.skipIf(!present)('templates recorded on AWS', () => {
  type Recorded = Record<string, { readonly 'recorded-content': Record<string, never> }>;
  const all = present ? (JSON.parse(readFileSync(file, 'utf8')) as Recorded) : {};
  const of = (test: string): Record<string, unknown> =>
    Object.entries(all).find(([name]) => name.endsWith(`::${test}`))?.[1]['recorded-content'] ?? {};

  it('write what $input.path finds as Java does', () => {
    const said = of('test_input_path_template_formatting');
    const path = '#set($result = $input.path("$.json"))';
    const known =
      '{"body": $result, "nested": $result.nested, "isNull": #if( $result == $null )"true"#else"false"#end, "isEmptyString": #if( $result == "" )"true"#else"false"#end}';
    const list = `#set($result = $input.path("$.json.listValue"))${known}`;
    expect({
      'dict-response': json(`${path}$result`, { json: { foo: 'bar' } }),
      'json-list': json(`${path}$result`, { json: [{ foo: 'bar' }] }),
      'nested-dict': json(`${path}$result.nested`, { json: { nested: { foo: 'bar' } } }),
      'nested-list': json(`${path}$result.nested`, { json: { nested: [{ foo: 'bar' }] } }),
      'dict-in-list': json(`${path}$result[0]`, { json: [{ foo: 'bar' }] }),
      'list-with-nested-list': json(`${path}$result[0]`, { json: [[{ foo: 'bar' }]] }),
      'dict-with-nested-list': json(`${path}$result`, { json: { foo: [{ nested: 'bar' }] } }),
      'bigger-dict': json(`${path}$result`, { json: { bigger: 'dict', to: 'test', with: 'separators' } }),
      'to-string': json(`${path}$result.toString()`, { json: { foo: 'bar' } }),
      'list-to-string': json(`${path}$result.toString()`, { json: { list: [{ foo: 'bar' }] } }),
      'empty-body': render(`#set($result = $input.path("$.nonExisting"))${known}`),
      'nested-empty-list': json(list, { json: { listValue: [] } }),
      'nested-null-list': json(list, { json: { listValue: null } }),
    }).toEqual(said);
  });

  it('write $input.body as it came', () => {
    const said = of('test_input_body_formatting') as Record<string, Record<string, string>>;
    const bodies = { 'empty-body': '', 'json-body': '{"some": "value"}', 'str-body': 'some raw data' };
    const both = (request: string, response: string): Record<string, string> =>
      Object.fromEntries(
        Object.entries(bodies).map(([name, body]) => [name, `b'${render(response, render(request, body))}'`]),
      );
    const raw = '#set($result = $input.body)$result';
    const inText = 'Action=SendMessage&MessageBody=$input.body';
    expect({
      'response-raw-body': both(raw, raw),
      'response-str-body-input': both(inText, raw),
      'response-str-body-output': both(raw, inText),
      'response-str-body-all': both(inText, inText),
      'response-body-attr-access': both('#set($result = $input.body.testAccess)$result', raw),
      'response-url-encode': both(
        'EncodedBody=$util.urlEncode($input.body)&EncodedBodyAccess=$util.urlEncode($input.body.testAccess)',
        raw,
      ),
    }).toEqual(said);
  });
});

describe('$input', () => {
  it('gives JSON without spaces, and empty text for what is not there', () => {
    expect(json("$input.json('$')", { a: [1, 'x', null, true], b: {} })).toBe(
      '{"a":[1,"x",null,true],"b":{}}',
    );
    expect(json("$input.json('$.none')", { a: 1 })).toBe('""');
    expect(json("$input.json('$.a.b')", { a: { b: 'x"y' } })).toBe('"x\\"y"');
    expect(render("$input.json('$')")).toBe('{}');
  });

  it('keeps numbers as they are written', () => {
    expect(render("$input.json('$')", '{"a":1.0,"b":12345678901234567890,"c":-2,"d":12345678.9}')).toBe(
      '{"a":1.0,"b":12345678901234567890,"c":-2,"d":1.23456789E7}',
    );
  });

  it('looks for a parameter in the path, the query and the headers', () => {
    const request = {
      path: { id: '7' },
      query: { id: ['q'], page: ['1', '2'] },
      headers: { 'X-Page': ['h'], id: ['x'] },
    };
    expect(
      render(
        "$input.params('id') $input.params('page') $input.params('x-page') [$input.params('none')]",
        '',
        { request },
      ),
    ).toBe('7 2 h []');
    expect(
      render(
        '$input.params().path.id $input.params().header["X-Page"] $input.params().querystring.get("page")',
        '',
        { request },
      ),
    ).toBe('7 h 2');
    expect(
      render(
        '#foreach($type in $input.params().keySet())#set($params = $input.params().get($type))"$type":{#foreach($name in $params.keySet())"$name":"$util.escapeJavaScript($params.get($name))"#if($foreach.hasNext),#end#end}#if($foreach.hasNext),#end#end',
        '',
        { request },
      ),
    ).toBe('"path":{"id":"7"},"querystring":{"id":"q","page":"2"},"header":{"X-Page":"h","id":"x"}');
  });

  it('refuses a body that is no JSON, where it is asked for JSON', () => {
    expect(render('$input.body', 'token=1')).toBe('token=1');
    expect(failure("$input.json('$')", 'token=1')).toMatchObject({
      kind: 'payload',
      message: expect.stringMatching(
        /^Could not parse request body into json: Unrecognized token 'token': was expecting \('true', 'false' or 'null'\)/,
      ) as string,
    });
    expect(failure("$input.path('$.a')", '{"a":').message).toContain('Unexpected end-of-input');
  });
});

describe('$util, $context and $stageVariables', () => {
  it('escape and encode as Java does', () => {
    expect(render(`$util.escapeJavaScript("it's ""a/b"" \u00e9")`)).toBe(`it\\'s \\"a\\/b\\" \\u00E9`);
    expect(render(`$util.escapeJavaScript($input.json('$')).replaceAll("\\\\'", "'")`, `{"a":"it's"}`)).toBe(
      `{\\"a\\":\\"it's\\"}`,
    );
    expect(render('$util.urlEncode("a b&c=é*") $util.urlDecode("a+b%26%C3%A9")')).toBe(
      'a+b%26c%3D%C3%A9* a b&é',
    );
    expect(render('$util.base64Encode("héllo") $util.base64Decode("aMOpbGxv")')).toBe('aMOpbGxv héllo');
    expect(render(`#set($o = $util.parseJson('{"a":[1,{"b":2}]}'))$o.a[1].b $o.a.size()`)).toBe('2 2');
    expect(failure(`$util.parseJson('{')`).kind).toBe('evaluation');
  });

  it('reach into nested values; what is not there writes nothing', () => {
    const context = { authorizer: { principalId: 'user', claims: { sub: 's', 'cognito:groups': 'a' } } };
    expect(
      render(
        '$context.stage $context.authorizer.claims.sub $context.authorizer.claims["cognito:groups"] [$context.none.such] [$context.identity.user] $context.identity.sourceIp',
        '',
        { context },
      ),
    ).toBe('dev s a [] [] 127.0.0.1');
    expect(
      render('$stageVariables.alias ${stageVariables.alias} $stageVariables.get("alias")', '', {
        stageVariables: { alias: 'live' },
      }),
    ).toBe('live live live');
  });

  it('take overrides', () => {
    const given = renderTemplate(
      `#set($context.requestOverride.header.oHeader = "1")#set($context.requestOverride.header.many = ["a","b"])
#set($context.requestOverride.path.proxy = $input.path('$.p'))
#set($context.requestOverride.querystring["q-r"] = 5)
#set($context.responseOverride.status = 418)#set($context.responseOverride.header["x-a"] = "b")done`,
      '{"p":"x"}',
      variablesFor({}),
    );
    expect(given).toEqual({
      text: 'done',
      requestOverride: {
        header: { oHeader: '1', many: ['a', 'b'] },
        path: { proxy: 'x' },
        querystring: { 'q-r': '5' },
      },
      responseOverride: { status: 418, header: { 'x-a': 'b' } },
    });
  });
});

describe('the language', () => {
  it.each([
    ['#if(1 == 1.0)a#{else}b#end', 'a'],
    ['#if("1" == 1)a#{else}b#end', 'a'],
    ['#if("" || 0)a#{else}b#end', 'a'],
    ['#if($none || false)a#elseif(!$none)b#{else}c#end', 'b'],
    ['#set($a = 7)#set($b = $a / 2)$b #set($c = $a % 4)$c #set($d = 7.0 / 2)$d', '3 3 3.5'],
    ['#set($x = 1 + 2 * 3 - (4 - 2))$x', '5'],
    ['#set($x = "a" + 1 + $null)$x', 'a1'],
    ['#set($x = 5 / 0)[$x]', '[]'],
    ['#set($x = \'raw $y\')$x #set($y = "in")#set($z = "got $y ${y}s $!none.")$z', 'raw $y got in ins .'],
    ['#set($q = "say ""hi""")$q', 'say "hi"'],
    ['#foreach($i in [1..3])$foreach.count:$i#if($foreach.hasNext),#end#end', '1:1,2:2,3:3'],
    ['#foreach($i in [3..1])$i$velocityCount #end', '31 22 13 '],
    ['#foreach($i in [1..9])#if($i > 3)#break#end$i#end!', '123!'],
    ['a#stop b', 'a'],
    [
      '#set($m = {"a": 1, "b": [1, "x"]})$m $m.b $m.get("a") $m.size() $m.containsKey("z")',
      '{a=1, b=[1, x]} [1, x] 1 2 false',
    ],
    [
      '#set($m = {})#set($m.k = "v")#set($d = $m.put("l", 2))$m#foreach($e in $m.entrySet())[$e.key=$e.value$e.getKey()]#end',
      '{k=v, l=2}[k=vk][l=2l]',
    ],
    [
      '#set($l = [])#set($ok = $l.add("x"))$ok $l.isEmpty() $l[0] [$l[5]] $l.contains("x")',
      'true false x [] true',
    ],
    ['#macro(hi $who)hi $who!#end#hi("Ann") #hi( $none )', 'hi Ann! hi !'],
    ['#late("x")#macro(late $a)<$a>#end', '<x>'],
    ['#define($block)[$inner]#end#set($inner = "z")$block', '[z]'],
    ['#evaluate("1#if(true)2#end")', '12'],
    ['## gone\nx #* also gone *#y', 'x y'],
    ['#[[ $raw #if ]]# \\$x \\#if $5 # #ff0 ${ $! $', ' $raw #if  $x #if $5 # #ff0 ${ $! $'],
    ['a\n  #set($x = 1)\n  b\n#if(true)\n  c\n#end\nd', 'a\n  b\n  c\nd'],
    ['#if($a)x#elseif("b" == "b")y#else z#end', 'y'],
    ['#{if}(true)x#{end}', 'x'],
    ['$x.y.z [$x[0].y] $x.call("a")', ' [] '],
    ['"$id.": $a-b', '".": '],
    ['#set($Integer = 0)#set($n = $Integer.parseInt("41") + 1)$n', '42'],
    [
      '#set($s = "Hello")$s.length() $s.substring(1, 3) $s.toUpperCase() $s.replace("l", "L") $s.indexOf("l") $s.charAt(0)',
      '5 el HELLO HeLLo 2 H',
    ],
    ['#set($c = "a,b,,c,,")#set($p = $c.split(","))$p.size() $p', '4 [a, b, , c]'],
    ['$s.class #set($t = "x")[$t.class.forName("java.lang.Runtime")]', ' []'],
    [
      '#set($t = "a1b22")$t.replaceAll("(\\d+)", "<$1>") $t.matches("[a-z0-9]+") $t.replaceFirst("\\d", "\\$")',
      'a<1>b<22> true a$b22',
    ],
    ['#if($x && !$x.empty)a#else b#end', 'b'.padStart(2)],
    ['#set($t = "abc")#if($t.contains("b") and not ("x" eq "y") && 2 ge 2)ok#end', 'ok'],
  ])('%j', (template, expected) => {
    expect(render(template)).toBe(expected);
  });

  it('refuses what cannot be parsed, and says where', () => {
    for (const template of [
      '#if(true)x',
      '#end',
      'x#else y',
      '#if()',
      '#set($x 1)',
      '#foreach($i of $x)#end',
      '$x.y(',
      '#set($x = "a)',
    ]) {
      expect(failure(template).kind, template).toBe('syntax');
    }
    expect(failure('line\n#if($a ==)x#end').message).toContain('line 2');
  });

  it('stops a loop at 1,000 rounds, as AWS does', () => {
    expect(render('#foreach($i in [1..2000])x#end')).toHaveLength(1000);
  });

  it.each([
    ['#foreach($a in [1..1000])#foreach($b in [1..1000])#foreach($c in [1..1000])x#end#end#end'],
    ['#set($x = "aaaaaaaaaa")#foreach($i in [1..1000])#set($x = "$x$x")#end'],
    ['#set($x = [1])#foreach($i in [1..1000])#set($y = $x.addAll($x))#end'],
    ['#macro(again)#again()#again()#end#again()'],
    ['#set($m = {})#set($x = $m.put("m", $m))$m'],
    ['#define($d)$d$d#end$d'],
    ['#set($e = "#evaluate($e)")#evaluate($e)'],
    ['#set($x = [1..999999999])'],
    // Each level compiles a pattern of its own, which near the stack's end would end the process.
    [
      '#macro(r $n)#set($t = "aab")#if((((($t.matches("(a+){1,$n}b") && !(!true))))))#set($k = $n + 1)#set($u = "$t #r($k)")#end#end#r(1)',
    ],
    [`#set($x = ${'1 + '.repeat(50_000)}1)`],
    [`#set($x = ${'!'.repeat(50_000)}1)`],
    [`$x${'.a(1)'.repeat(50_000)}`],
    [
      '#set($s = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!")$s.matches("(a+)+") $s.replaceAll("(a|a)*b", "")',
    ],
    [`${'#if(true)'.repeat(100)}${'#end'.repeat(100)}`],
    [`#set($x = ${'['.repeat(5000)}`],
    ['#set($n = 9)#foreach($i in [1..1000])#set($n = $n * $n * $n)$n#end'.repeat(30)],
  ])('bounds %j', (template) => {
    const started = performance.now();
    try {
      render(template);
    } catch (error) {
      expect(error).toMatchObject({ name: 'TemplateFailure', kind: 'limit' });
    }
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
