import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ServiceFailure } from '../../../service/failure.ts';
import type { Dialect } from '../../../gateway/openapi/document.ts';
import { exportFile } from './export/export.ts';
import { importApi } from './import/import.ts';
import { importOptions, withoutIds } from './testing/small-api.ts';
import { api } from './testing/drawn-api.ts';

describe('any API, exported and imported again, is the same', () => {
  it.each<[Dialect, boolean]>([
    ['oas30', false],
    ['oas30', true],
    ['swagger', false],
    ['swagger', true],
  ])(
    '%s, YAML: %s',
    (dialect, yaml) => {
      fc.assert(
        fc.property(api, (definition) => {
          const { text } = exportFile(definition, {
            dialect,
            yaml,
            stageName: 'dev',
            host: 'abc123.execute-api.us-east-1.amazonaws.com',
            version: 'none',
            extensions: new Set(['apigateway']),
          });
          const again = importApi(text, importOptions());
          expect(again.warnings).toEqual([]);
          expect(withoutIds(again.definition)).toEqual(withoutIds(definition));
        }),
        { numRuns: yaml ? 40 : 150 },
      );
    },
    120_000,
  );
});

describe('any document', () => {
  const key = fc.constantFrom(
    ...[
      'swagger',
      'openapi',
      'info',
      'title',
      'paths',
      '/a',
      '/{b}',
      'get',
      'post',
      'responses',
      '200',
      'headers',
      'content',
      'schema',
      '$ref',
    ],
    ...[
      'parameters',
      'in',
      'name',
      'security',
      'components',
      'schemas',
      'definitions',
      'securityDefinitions',
      'type',
      'servers',
      '__proto__',
    ],
    ...[
      'x-amazon-apigateway-integration',
      'x-amazon-apigateway-authorizer',
      'x-amazon-apigateway-gateway-responses',
      'x-amazon-apigateway-policy',
    ],
  );
  const leaf = fc.oneof(
    fc.constantFrom<unknown>(
      '2.0',
      '3.0.1',
      'x',
      '#/definitions/x',
      '#/a/b',
      'mock',
      'body',
      200,
      true,
      null,
    ),
    fc.jsonValue({ maxDepth: 1 }),
  );
  const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
    tree: fc.oneof(
      { depthSize: 'medium' },
      leaf,
      fc.dictionary(key, tie('tree'), { maxKeys: 5, noNullPrototype: true }),
      fc.array(tie('tree'), { maxLength: 3 }),
    ),
  }));

  it('is taken or refused, and never anything else', () => {
    let taken = 0;
    fc.assert(
      fc.property(
        fc.oneof(
          tree,
          tree.map((paths) => ({ swagger: '2.0', info: { title: 'x' }, paths: { '/a': paths } })),
          tree.map((more) => ({ ...(more as object), openapi: '3.0.0', info: { title: 'x' } })),
        ),
        fc.boolean(),
        (document, merge) => {
          try {
            importApi(
              JSON.stringify(document),
              importOptions({ mode: merge ? 'merge' : 'overwrite', basePath: 'prepend' }),
            );
            taken += 1;
          } catch (error) {
            if (!(error instanceof ServiceFailure)) throw error;
          }
        },
      ),
      { numRuns: 2500 },
    );
    expect(taken).toBeGreaterThan(500);
  }, 120_000);

  it('of any text is refused', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(() => importApi(text, importOptions())).toThrow(ServiceFailure);
      }),
      { numRuns: 1000 },
    );
    const deep = [
      '['.repeat(200_000),
      `a: ${'['.repeat(200_000)}`,
      '- '.repeat(200_000),
      '? '.repeat(200_000),
      Array.from({ length: 3000 }, (_none, depth) => `${' '.repeat(depth)}a:`).join('\n'),
      `{"swagger":"2.0","info":{"title":"x"},"paths":{},"definitions":{"a":${'{"items":'.repeat(20_000)}1${'}'.repeat(20_000)}}}`,
      `{"swagger":"2.0","info":{"title":"x"},"paths":{"${'/a'.repeat(50_000)}":{}}}`,
    ];
    for (const one of deep) expect(() => importApi(one, importOptions())).toThrow(ServiceFailure);
  }, 120_000);
});
