import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeXml } from '../write/xml.ts';
import { parseXml } from './xml-document.ts';

describe('parseXml', () => {
  it('reads declarations, comments, CDATA, attributes, prefixes and empty elements', () => {
    const root = parseXml(
      `\ufeff<?xml version="1.0"?>\n<!-- a > b --><s:Root xmlns:s='x' a="1 &gt; 0">` +
        `<Key>a&amp;b&#x1F600;&#10;</Key><Empty /><![CDATA[<raw>]]></s:Root>\n`,
    );
    expect(root).toMatchObject({ name: 'Root', attributes: { s: 'x', a: '1 > 0' }, text: '<raw>' });
    expect(root.children.map(({ name, text }) => [name, text])).toEqual([
      ['Key', 'a&b😀\n'],
      ['Empty', ''],
    ]);
  });

  it('gives back any text that was escaped', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(parseXml(`<a>${escapeXml(text)}</a>`).text).toBe(text);
        expect(parseXml(`<a b="${escapeXml(text)}"/>`).attributes['b']).toBe(text);
      }),
    );
  });

  it('either reads or refuses, and in time that grows with the length alone', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('<', '>', '/', 'a', ' ', '"', '=', '&', ';', '!--', '?', '[', ']')),
        (parts) => {
          try {
            expect(parseXml(parts.join(''))).toHaveProperty('name');
          } catch (error) {
            expect((error as Error).name).toBe('Unreadable');
          }
        },
      ),
    );
    for (const part of ['<', '<a ', '<a b="', '&', '<!--', '<a>', '<a b=c ', '<?']) {
      const started = performance.now();
      expect(() => parseXml(`<r>${part.repeat(100_000)}`)).toThrow();
      expect(performance.now() - started).toBeLessThan(2_000);
    }
  });
});
