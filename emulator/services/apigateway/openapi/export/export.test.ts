import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ApiDefinition } from '../../definition/definition.ts';
import { exportApi, exportFile, extensionsOf, type ExportOptions } from './export.ts';
import { importApi } from '../import/import.ts';
import type { ImportOptions } from '../import/options.ts';
import { importOptions } from '../testing/small-api.ts';
import { SWAGGER } from '../testing/shop.ts';

const imported = (document: unknown, change: Partial<ImportOptions> = {}): ApiDefinition =>
  importApi(JSON.stringify(document), importOptions(change)).definition;
const options = (change: Partial<ExportOptions> = {}): ExportOptions => ({
  dialect: 'oas30',
  stageName: 'local',
  host: '<api-id:1>.execute-api.<region>.amazonaws.com',
  version: 'date',
  extensions: new Set(),
  ...change,
});
const file = join(process.cwd(), '..', 'shared', 'recorded', 'aws', 'test_apigateway_extended.snapshot.json');
const present = existsSync(file);
if (!present) console.log('skipped: the answers recorded on AWS are not here (../shared/recorded/aws)');

describe.skipIf(!present)('exports recorded on AWS', () => {
  interface Exports {
    readonly 'get-export': { readonly body: unknown };
    readonly 'get-export-with-extensions': { readonly body: unknown };
  }
  const all = present
    ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, { readonly 'recorded-content': Exports }>)
    : {};
  const of = (dialect: string, name: string): Exports => {
    const found = Object.entries(all).find(([test]) =>
      test.endsWith(`test_export_${dialect}_openapi[${name}]`),
    );
    if (found === undefined) throw new Error(`${dialect} ${name} was not recorded`);
    return found[1]['recorded-content'];
  };

  // AWS exported one API in both dialects: each of them imports to what gives both.
  describe.each(['TEST_IMPORT_PETS', 'TEST_IMPORT_PETSTORE_SWAGGER'])('%s', (name) => {
    it.each([
      ['swagger', 'swagger'],
      ['swagger', 'oas30'],
      ['oas30', 'oas30'],
    ] as const)('from %s to %s', (from, to) => {
      const api = imported(of(from, name)['get-export-with-extensions'].body);
      const said = of(to, name);
      expect(exportApi(api, options({ dialect: to }))).toEqual(said['get-export'].body);
      expect(exportApi(api, options({ dialect: to, extensions: new Set(['apigateway']) }))).toEqual(
        said['get-export-with-extensions'].body,
      );
    });
  });
});

describe('an API that is exported', () => {
  const api = imported(SWAGGER);

  it('has the extensions that were asked for', () => {
    const text = (extensions: string): string =>
      JSON.stringify(
        exportApi(api, options({ dialect: 'swagger', extensions: extensionsOf({ extensions }) })),
      );
    expect(text('')).not.toMatch(/x-amazon-apigateway-(?!any-method)|sigv4|"mine"/);
    expect(text('')).toContain('"security":[{"api_key":[]}]');
    expect(text('integrations')).toContain('x-amazon-apigateway-integration');
    expect(text('integrations')).not.toMatch(/authorizer|gateway-responses/);
    expect(text('authorizers')).toMatch(
      /x-amazon-apigateway-authorizer.*awsSigv4|awsSigv4.*x-amazon-apigateway-authorizer/,
    );
    expect(text('authorizers')).not.toContain('x-amazon-apigateway-integration');
    expect(text('postman')).toContain('x-amazon-apigateway-integration');
    for (const extension of [
      'gateway-responses',
      'request-validators',
      'binary-media-types',
      'minimum-compression-size',
      'api-key-source',
      'policy',
      'endpoint-configuration',
      'any-method',
    ]) {
      expect(text('apigateway'), extension).toContain(`x-amazon-apigateway-${extension}`);
    }
  });

  it('is a file in JSON or YAML', () => {
    const given = exportFile(api, { ...options({ extensions: new Set(['apigateway']) }), yaml: true });
    expect(given.filename).toBe('oas30_1.yaml');
    expect(importApi(given.text, importOptions()).definition.name).toBe('Shop');
    expect(exportFile(api, { ...options({ dialect: 'swagger' }), yaml: false }).filename).toBe(
      'swagger_1.json',
    );
  });
});
