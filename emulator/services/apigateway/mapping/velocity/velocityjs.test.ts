import velocity from 'velocityjs';
import { describe, expect, it } from 'vitest';
import { renderTemplate } from '../template.ts';
import { variablesFor } from '../testing.ts';

const render = (template: string, body = '', change: Parameters<typeof variablesFor>[0] = {}): string =>
  renderTemplate(template, body, variablesFor(change)).text;
const json = (template: string, value: unknown): string => render(template, JSON.stringify(value));

describe('beside velocityjs', () => {
  // Another implementation of the same language, for what both of them have.
  it.each([
    'plain $name text ${name}d',
    '#set($x = $a.b.c)$x',
    '#foreach($i in $list)$i#if($foreach.hasNext), #end#end',
    '#if($n > 2 && $name == "Ann")yes#else no#end',
    '#if($n < 2)a#elseif($n == 3)b#else c#end',
    '#set($t = ($n + 4) * 2 - 1)$t $list.size() $list[1]',
    '#macro(m $p)<$p>#end#m($name)#m("x")',
    '#foreach($k in $a.keySet())$k#end',
    '#set($s = "in $name")$s #set($r = \'$name\')$r',
    'a\n#set($x = 1)\nb ## c\nd',
    '#define($d)block $name#end$d$d',
    '#[[$raw]]# #* c *#z',
  ])('%j', (template) => {
    const values = { name: 'Ann', n: 3, list: ['p', 'q'], a: { b: { c: 'deep' } } };
    const head =
      '#set($v = $input.path("$"))#set($name = $v.name)#set($n = $v.n)#set($list = $v.list)#set($a = $v.a)';
    expect(json(head + template, values)).toBe(velocity.render(template, values));
  });
});
