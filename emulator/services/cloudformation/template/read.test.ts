import { describe, expect, it } from 'vitest';
import { UnreadableTemplate, readTemplate } from './read.ts';

describe('reading a template', () => {
  it('makes the short forms of functions long', () => {
    const source = [
      'A: !Ref B',
      'C: !GetAtt D.E.F',
      'G: !Sub ["${x}", { x: !Ref H }]',
      'I: !If [J, !Ref K, !Ref "AWS::NoValue"]',
    ].join('\n');
    expect(readTemplate(source)).toEqual({
      A: { Ref: 'B' },
      C: { 'Fn::GetAtt': ['D', 'E.F'] },
      G: { 'Fn::Sub': ['${x}', { x: { Ref: 'H' } }] },
      I: { 'Fn::If': ['J', { Ref: 'K' }, { Ref: 'AWS::NoValue' }] },
    });
  });

  it('reads a date as the text that it is in a policy', () => {
    expect(readTemplate('Version: 2012-10-17')).toEqual({ Version: '2012-10-17' });
  });

  it.each([
    ['JSON', '{"a":'.repeat(5000) + '1' + '}'.repeat(5000)],
    ['YAML in flow style', 'a: ' + '['.repeat(5000) + ']'.repeat(5000)],
    ['what no YAML is', 'a: [b'],
  ])('refuses %s that nests beyond all sense or does not end', (_, source) => {
    expect(() => readTemplate(source)).toThrow(UnreadableTemplate);
  });

  it('takes letters for letters and words for truth', () => {
    expect(readTemplate('Types: [N, n, Y, y, S]\nWords: [yes, No, on, off, true, FALSE]')).toEqual({
      Types: ['N', 'n', 'Y', 'y', 'S'],
      Words: [true, false, true, false, true, false],
    });
  });
});
