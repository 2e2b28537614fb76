import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Op, PatchOperation } from '@aws-sdk/client-api-gateway';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ServiceFailure } from '../../../service/failure.ts';
import { entry, field, flag, member, numeric, text, within } from './fields.ts';
import { escaped, segmentsOf, unescaped } from './pointer.ts';
import { patched } from './patch.ts';
import {
  copyRefused,
  invalidOperation,
  listingThePaths,
  namingThePath,
  onlyOperations,
  stagePaths,
} from './refusals.ts';
import type { PatchTable } from './rules.ts';

interface Api {
  readonly name: string;
  readonly description?: string | undefined;
  readonly enabled?: boolean;
  readonly size?: number;
  readonly binaryMediaTypes?: readonly string[];
  readonly variables?: Readonly<Record<string, string>>;
  readonly canary?: { readonly percent?: number; readonly overrides?: Readonly<Record<string, string>> };
}

const table: PatchTable<Api> = {
  refuse: listingThePaths,
  rules: [
    field('/name', 'name', (value) => value ?? ''),
    field('/description', 'description', text, ['add', 'replace', 'remove']),
    field('/enabled', 'enabled', flag),
    field(
      '/size',
      'size',
      numeric(() => new ServiceFailure('BadRequestException', 'no size')),
      ['replace'],
      () => onlyOperations('replace'),
    ),
    member('/binaryMediaTypes/{name}', 'binaryMediaTypes'),
    entry('/variables/{name}', 'variables', (value) => value ?? ''),
    { path: '/variables', copy: (target, change) => ({ ...target, name: change.from ?? '' }) },
    ...within<Api, 'canary'>('canary', {}, [
      field(
        '/percent',
        'percent',
        numeric(() => new Error('no number'), false),
      ),
      entry('/overrides/{name}', 'overrides', (value) => value ?? ''),
    ]),
  ],
};
const api: Api = { name: 'one', binaryMediaTypes: ['image/png'], variables: { a: '1' } };
const patch = (...operations: PatchOperation[]): Api => patched(api, operations, table);
const refusal = (operation: PatchOperation, of: PatchTable<Api> = table): string => {
  try {
    patched(api, [operation], of);
  } catch (error) {
    if (error instanceof ServiceFailure) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'taken';
};

describe('a patch', () => {
  it('applies its operations in order and leaves what it was given as it is', () => {
    const before = JSON.stringify(api);
    expect(
      patch(
        { op: 'replace', path: '/name', value: 'two' },
        { op: 'add', path: '/description', value: 'first' },
        { op: 'replace', path: '/description', value: 'second' },
        { op: 'replace', path: '/enabled', value: 'TRUE' },
        { op: 'replace', path: '/size', value: '12' },
      ),
    ).toEqual({ ...api, name: 'two', description: 'second', enabled: true, size: 12 });
    expect(JSON.stringify(api)).toBe(before);
    expect(patched(api, undefined, table)).toBe(api);
  });

  it('names members of maps and lists by an escaped segment', () => {
    expect(patch({ op: 'add', path: '/binaryMediaTypes/*~1*' }).binaryMediaTypes).toEqual([
      'image/png',
      '*/*',
    ]);
    expect(patch({ op: 'remove', path: '/binaryMediaTypes/image~1png' }).binaryMediaTypes).toEqual([]);
    expect(
      patch({ op: 'replace', path: '/binaryMediaTypes/image~1png', value: 'image/gif' }).binaryMediaTypes,
    ).toEqual(['image/gif']);
    expect(patch({ op: 'add', path: '/variables/~01', value: '2' }).variables).toEqual({ a: '1', '~1': '2' });
    expect(patch({ op: 'remove', path: '/variables/a' }).variables).toEqual({});
  });

  it('reaches into a member that is not there yet', () => {
    expect(
      patch(
        { op: 'replace', path: '/canary/percent', value: '2.5' },
        { op: 'add', path: '/canary/overrides/x', value: 'y' },
      ).canary,
    ).toEqual({ percent: 2.5, overrides: { x: 'y' } });
  });

  it('takes an invalid boolean for false, as recorded for API keys', () => {
    expect(patch({ op: 'replace', path: '/enabled', value: 'test' }).enabled).toBe(false);
  });

  it('copies where a rule copies', () => {
    expect(patch({ op: 'copy', path: '/variables', from: '/x' }).name).toBe('/x');
  });

  it('refuses in the words of the resource', () => {
    expect(refusal({ op: 'replace', path: '/id', value: 'x' })).toBe(
      "BadRequestException: Invalid patch path  '/id' specified for op 'replace'. Must be one of: [/name, /description, /enabled, /size, /binaryMediaTypes/{name}, /variables/{name}, /canary/percent, /canary/overrides/{name}]",
    );
    expect(refusal({ op: 'move', path: '/name' })).toContain('Please choose supported operations');
    expect(refusal({ op: 'add', path: '/size', value: '1' })).toContain('Must be one of: [replace]');
    expect(refusal({ op: 'replace', path: '/size', value: '1.5' })).toContain('no size');
    const naming = { ...table, refuse: namingThePath };
    expect(refusal({ op: 'add' }, naming)).toBe('BadRequestException: Invalid patch path null');
    expect(refusal({ op: 'add', path: 'name' }, naming)).toBe('BadRequestException: Invalid patch path name');
    expect(refusal({ op: 'test', path: '/name' }, naming)).toContain("Must be 'add'|'remove'|'replace'");
    expect(refusal({ op: 'remove', path: '/variables/' }, naming)).toContain(
      'Invalid patch path /variables/',
    );
  });

  it('is all or nothing', () => {
    expect(() =>
      patch({ op: 'replace', path: '/name', value: 'two' }, { op: 'add', path: '/no', value: '' }),
    ).toThrow(ServiceFailure);
    expect(api.name).toBe('one');
  });
});

describe('pointers', () => {
  it('escape and unescape any name', () => {
    fc.assert(
      fc.property(fc.string(), (name) => {
        expect(unescaped(escaped(name))).toBe(name);
        expect(segmentsOf(`/a/${escaped(name)}`)).toEqual(['a', name]);
      }),
      { numRuns: 2000 },
    );
  });

  it('of any shape are applied or refused, and harm no prototype', () => {
    const path = fc.oneof(
      fc.string(),
      fc.constantFrom('/name', '/variables/__proto__', '/canary/overrides/constructor', '/__proto__/x'),
      fc
        .array(fc.constantFrom('/', 'variables', '__proto__', 'canary', 'percent', '~1', '~'))
        .map((all) => all.join('')),
    );
    const op = fc.constantFrom<Op>('add', 'remove', 'replace', 'move', 'copy', 'test');
    fc.assert(
      fc.property(op, path, fc.option(fc.string(), { nil: undefined }), (anyOp, anyPath, value) => {
        try {
          patch({ op: anyOp, path: anyPath, value });
        } catch (error) {
          if (!(error instanceof ServiceFailure) && (error as Error).message !== 'no number') throw error;
        }
        expect(Object.keys(Object.prototype)).toEqual([]);
      }),
      { numRuns: 5000 },
    );
  });
});

const recorded = join(process.cwd(), '..', 'shared', 'recorded', 'aws', 'errors.json');
const present = existsSync(recorded);
if (!present)
  console.log('skipped: the answers recorded on AWS are not here (../shared/recorded/aws/errors.json)');

describe.skipIf(!present)('refusals as recorded on AWS', () => {
  interface Recorded {
    readonly apigateway: readonly { readonly message: string }[];
  }
  const said = present
    ? (JSON.parse(readFileSync(recorded, 'utf8')) as Recorded).apigateway.map((error) => error.message)
    : [];
  const apply = (name: string): PatchTable<unknown>['rules'][number] => ({
    path: name,
    replace: (target) => target,
  });
  const of = (...names: string[]): PatchTable<unknown>['rules'] => names.map(apply);
  const cases: readonly [string, string][] = [
    [
      'request validator',
      listingThePaths(
        { op: 'replace', path: '/invalidPath', from: undefined },
        of('/name', '/validateRequestParameters', '/validateRequestBody'),
      ).message,
    ],
    ['model', listingThePaths({ op: 'add', path: '/wrong-path', from: undefined }, of('/schema')).message],
    [
      'resource',
      listingThePaths({ op: 'remove', path: '/pathPart', from: undefined }, of('/pathPart')).message,
    ],
    ['gateway response', namingThePath({ op: 'add', path: '/statusCode', from: undefined }, []).message],
    ['no path', namingThePath({ op: 'replace', path: undefined, from: undefined }, []).message],
    ['REST API, copy', namingThePath({ op: 'copy', path: '/x', from: undefined }, []).message],
    ['compression', onlyOperations('replace').message],
    ['stage', stagePaths({ op: 'replace', path: '/tags/tag1', from: undefined }, []).message],
    ['stage, canary', stagePaths({ op: 'replace', path: '/canarySettings', from: undefined }, []).message],
    ['stage, remove', stagePaths({ op: 'remove', path: '/*/*', from: undefined }, []).message],
    [
      'stage, remove log',
      stagePaths({ op: 'remove', path: '/accessLogSettings/randomValue', from: undefined }, []).message,
    ],
    ['stage, log', stagePaths({ op: 'add', path: '/accessLogSettings/x', from: undefined }, []).message],
  ];
  it.each(cases)('%s', (_name, message) => {
    expect(said).toContain(message);
  });

  it('of a canary', () => {
    const file = join(recorded, '..', 'test_apigateway_canary.snapshot.json');
    const canary = readFileSync(file, 'utf8');
    expect(canary).toContain(copyRefused('/canarySettings/stageVariableOverrides', '/variables').message);
    expect(canary).toContain(
      stagePaths({ op: 'remove', path: '/canarySettings/badPath', from: undefined }, []).message,
    );
    expect(canary).toContain(invalidOperation({ op: 'add', path: '/canarySettings/deploymentId' }).message);
  });
});
