import { describe, expect, it } from 'vitest';
import { dynamicReferencesIn, withDynamic } from './dynamic-references.ts';
import { UNKNOWN } from './unknown.ts';

describe('dynamic references', () => {
  it('are found wherever they stand in texts, each once', () => {
    const value = {
      Url: 'https://{{resolve:ssm:/db/host:3}}/{{resolve:ssm:port}}',
      List: ['{{resolve:ssm:port}}', UNKNOWN],
      Secret: '{{resolve:secretsmanager:db:SecretString:password}}',
      Safe: '{{resolve:ssm-secure:token:1}}',
    };
    expect(dynamicReferencesIn(value)).toEqual([
      { text: '{{resolve:ssm:/db/host:3}}', service: 'ssm', name: '/db/host', version: '3' },
      { text: '{{resolve:ssm:port}}', service: 'ssm', name: 'port', version: undefined },
      {
        text: '{{resolve:secretsmanager:db:SecretString:password}}',
        service: 'secretsmanager',
        name: 'db:SecretString:password',
        version: undefined,
      },
      { text: '{{resolve:ssm-secure:token:1}}', service: 'ssm-secure', name: 'token', version: '1' },
    ]);
  });

  it('are replaced by what was found, which is taken as it is', () => {
    const found = new Map([['{{resolve:ssm:port}}', '$& {{resolve:ssm:other}}']]);
    expect(withDynamic({ A: ['x{{resolve:ssm:port}}'], B: 1 }, found)).toEqual({
      A: ['x$& {{resolve:ssm:other}}'],
      B: 1,
    });
  });

  it('of other services are refused by name', () => {
    expect(() => dynamicReferencesIn('{{resolve:vault:x}}')).toThrow('vault');
    expect(() => dynamicReferencesIn('{{resolve:ssm:a b}}')).toThrow('Incorrect format');
  });

  it('are at most sixty', () => {
    const many = Array.from({ length: 61 }, (_, at) => `{{resolve:ssm:p${at}}}`);
    expect(dynamicReferencesIn(many.slice(1))).toHaveLength(60);
    expect(() => dynamicReferencesIn(many)).toThrow('too many dynamic references');
  });
});
