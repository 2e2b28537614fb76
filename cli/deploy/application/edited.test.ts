import { expect, it } from 'vitest';
import { readTemplate } from '../../../emulator/services/cloudformation/template/read.ts';
import { edited } from './edited.ts';
import { treeOf } from './template.ts';

const tree = (source: string) => treeOf(readTemplate(source));
const edit = { path: ['Resources', 'F', 'Properties', 'CodeUri'], value: 's3://b/k.zip' };
const codeUri = (source: string) => {
  const { F } = treeOf(tree(source).Resources);
  return treeOf(treeOf(F).Properties).CodeUri;
};

it.each([
  ['block YAML', 'Resources:\n  F: # mine\n    Properties:\n      CodeUri: src/ # here\n      Id: 012\n'],
  ['a value in quotes', "Resources:\n  F:\n    Properties: { Role: !GetAtt R.Arn, CodeUri: 'src/' }\n"],
  ['JSON', '{"Resources": {"F": {"Properties": {"CodeUri": "src/"}}}}'],
])('replaces a value and leaves the rest as it was written: %s', (_, source) => {
  const changed = edited({ source, tree: tree(source) }, [edit]);
  expect(changed).toBe(source.replace(/'src\/'|"src\/"|src\//, '"s3://b/k.zip"'));
  expect(codeUri(changed)).toBe('s3://b/k.zip');
});

it.each([
  ['block YAML', 'Resources:\n  F:\n    Properties:\n      Handler: a.b # kept\n      Runtime: x\n'],
  ['flow YAML', 'Resources:\n  F:\n    Properties: { Handler: a.b }\n'],
  ['JSON', '{"Resources": {"F": {"Properties": {"Handler": "a.b"}}}}'],
])('puts a value where the globals had one: %s', (_, source) => {
  const changed = edited({ source, tree: tree(source) }, [edit]);
  expect(codeUri(changed)).toBe('s3://b/k.zip');
  expect(changed.replace(/"CodeUri": "s3:\/\/b\/k.zip"(?:, |\n {6})/, '')).toBe(source);
});

it('writes a template with anchors anew', () => {
  const source = 'Resources:\n  E: &e\n    Properties:\n      CodeUri: src/\n  F: *e\n';
  const changed = edited({ source, tree: tree(source) }, [edit]);
  expect(codeUri(changed)).toBe('s3://b/k.zip');
  expect(treeOf(treeOf(treeOf(tree(changed).Resources).E).Properties).CodeUri).toBe('src/');
});
