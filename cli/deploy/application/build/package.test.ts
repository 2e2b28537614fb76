import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ApplicationFailure } from '../fault.ts';
import { localCodeOf, type LocalCode } from '../local-code.ts';
import { packageOf } from './package.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(realpathSync(tmpdir()), 'coldstart-package-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const put = (files: Record<string, string>) => {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
};
function codeOf(properties: object, metadata: object = {}, type = 'AWS::Serverless::Function'): LocalCode {
  const tree = { Resources: { F: { Type: type, Properties: properties, Metadata: metadata } } };
  const [code] = localCodeOf({ tree });
  if (code === undefined) throw new Error('the template names no code');
  return code;
}
const filesOf = async (code: LocalCode) => {
  const { contents } = await packageOf(code, folder, folder);
  return Object.fromEntries(
    Object.entries(unzipSync(contents)).map(([path, bytes]) => [path, Buffer.from(bytes).toString()]),
  );
};
const faultOf = async (code: LocalCode) => {
  const failure: unknown = await packageOf(code, folder, folder).catch((error: unknown) => error);
  if (!(failure instanceof ApplicationFailure)) throw failure;
  return failure.fault;
};

const source =
  "import { word } from './word.ts';\nexport const handler = async (): Promise<string> => word;\n";
const sources = { 'app/src/a.ts': source, 'app/src/word.ts': "export const word: string = 'hi';\n" };
const esbuild = (properties: object = {}) => ({
  BuildMethod: 'esbuild',
  BuildProperties: { EntryPoints: ['src/a.ts'], ...properties },
});

describe('a function with the build method esbuild', () => {
  it('is bundled as the SAM CLI does: one file an entry point, at the root', async () => {
    put(sources);
    const files = await filesOf(codeOf({ CodeUri: 'app/', Handler: 'a.handler' }, esbuild()));
    expect(Object.keys(files)).toEqual(['a.js']);
    expect(files['a.js']).toMatch(/hi/);
    expect(files['a.js']?.split('\n').length).toBeLessThan(4);
  });

  it('follows its properties', async () => {
    put(sources);
    const properties = {
      Minify: false,
      Sourcemap: true,
      Format: 'esm',
      OutExtension: ['.js=.mjs'],
      External: ['./word.ts'],
    };
    const files = await filesOf(codeOf({ CodeUri: 'app', Handler: 'a.handler' }, esbuild(properties)));
    expect(Object.keys(files).sort()).toEqual(['a.mjs', 'a.mjs.map']);
    expect(files['a.mjs']).toMatch(/^import \{ word \} from "\.\/word\.ts";/m);
  });

  it('tells where a source is wrong', async () => {
    put({ 'app/src/a.ts': 'export const handler = (\n' });
    expect(await faultOf(codeOf({ CodeUri: 'app', Handler: 'a.handler' }, esbuild()))).toMatchObject({
      kind: 'mistakes',
      mistakes: [{ file: 'app/src/a.ts', line: 2 }],
    });
  });

  it('tells which entry point is not there', async () => {
    put(sources);
    const fault = await faultOf(
      codeOf({ CodeUri: 'app', Handler: 'a.handler' }, esbuild({ EntryPoints: ['b.ts'] })),
    );
    expect(fault).toMatchObject({ kind: 'noEntry', logicalId: 'F', looked: ['app/b.ts'] });
  });
});

it('bundles a handler that is there in TypeScript alone, under the name that the handler has', async () => {
  put(sources);
  expect(Object.keys(await filesOf(codeOf({ CodeUri: 'app', Handler: 'src/a.handler' })))).toEqual([
    'src/a.js',
  ]);
});

it('takes a folder as it is where the handler runs as it is', async () => {
  put({ 'app/index.mjs': 'export const handler = () => 1;', 'app/data/x.json': '{}', 'app/.git/x': '' });
  const code = codeOf({ CodeUri: 'app', Handler: 'index.handler' });
  expect(Object.keys(await filesOf(code))).toEqual(['data/x.json', 'index.mjs']);
});

it('makes the same bytes of the same files', async () => {
  put(sources);
  const code = codeOf({ CodeUri: 'app', Handler: 'a.handler' }, esbuild());
  const [one, two] = await Promise.all([packageOf(code, folder, folder), packageOf(code, folder, folder)]);
  expect(Buffer.from(one.contents).equals(Buffer.from(two.contents))).toBe(true);
});

it('puts what a layer is built of where Node.js finds it', async () => {
  put({ 'layer/node_modules/x/index.js': '' });
  const layer = codeOf(
    { ContentUri: 'layer' },
    { BuildMethod: 'nodejs24.x' },
    'AWS::Serverless::LayerVersion',
  );
  expect(Object.keys(await filesOf(layer))).toEqual(['nodejs/node_modules/x/index.js']);
});

it('uploads a definition as it is', async () => {
  put({ 'api.yaml': 'openapi: 3.0.1' });
  const api = codeOf({ DefinitionUri: 'api.yaml' }, {}, 'AWS::Serverless::Api');
  const { contents, extension } = await packageOf(api, folder, folder);
  expect([Buffer.from(contents).toString(), extension]).toEqual(['openapi: 3.0.1', '.yaml']);
});

it('says what a property names and nobody has', async () => {
  expect(await faultOf(codeOf({ CodeUri: 'nowhere', Handler: 'a.b' }))).toEqual({
    kind: 'nothingThere',
    logicalId: 'F',
    property: 'CodeUri',
    path: 'nowhere',
  });
});
