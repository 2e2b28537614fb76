import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { keepParameters, readSamConfig } from './samconfig.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'coldstart-samconfig-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const file = () => join(folder, 'samconfig.toml');

it('reads stack, parameters and tags of the deployment, and of nothing else', () => {
  writeFileSync(
    file(),
    [
      'version = 0.1',
      '[default.build.parameters]',
      'stack_name = "another"',
      '[default.deploy.parameters]',
      'stack_name = "lab09-hello-api"',
      'parameter_overrides = "Greeting=\\"Good day\\" Other=1"',
      'tags = "application=hello-api"',
      '[prod.deploy.parameters]',
      'stack_name = "prod"',
    ].join('\n'),
  );
  expect(readSamConfig(folder)).toEqual({
    stackName: 'lab09-hello-api',
    parameters: { Greeting: 'Good day', Other: '1' },
    tags: { application: 'hello-api' },
  });
});

it('reads what is said for all commands, where the deployment says nothing of its own', () => {
  const global = ['[default.global.parameters]', 'stack_name = "shared"', 'tags = "team=one"'];
  writeFileSync(file(), [...global, '[default.deploy.parameters]', 'tags = "team=two"'].join('\n'));
  expect(readSamConfig(folder)).toEqual({ stackName: 'shared', parameters: {}, tags: { team: 'two' } });
  keepParameters(folder, 'other', { A: '1' });
  expect(readSamConfig(folder)).toEqual({
    stackName: 'shared',
    parameters: { A: '1' },
    tags: { team: 'two' },
  });
  writeFileSync(file(), [...global, '[prod.deploy.parameters]', 'stack_name = "prod"'].join('\n'));
  expect(readSamConfig(folder).stackName).toBe('shared');
  keepParameters(folder, 'other', { A: '1' });
  expect(readSamConfig(folder)).toMatchObject({ stackName: 'shared', parameters: { A: '1' } });
});

it('has nothing to say where there is no file', () => {
  expect(readSamConfig(folder)).toEqual({ stackName: undefined, parameters: {}, tags: {} });
});

it.each([
  ['a new file', undefined],
  ['a file without the table', 'version = 0.1\n\n[default.build.parameters]\ncached = true\n'],
  [
    'a file that has some',
    'version = 0.1\n\n[default.deploy.parameters]\nparameter_overrides = "A=1"\ncapabilities = "CAPABILITY_IAM"\n\n[x]\ny = 1\n',
  ],
])('keeps parameters in %s, and what stood there', (_, before) => {
  if (before !== undefined) writeFileSync(file(), before);
  keepParameters(folder, 'mine', { A: 'two words', B: 'q"q' });
  expect(readSamConfig(folder).parameters).toEqual({ A: 'two words', B: 'q"q' });
  const after = readFileSync(file(), 'utf8');
  for (const line of (before ?? '').split('\n').filter((each) => !each.startsWith('parameter_overrides')))
    expect(after).toContain(line);
  keepParameters(folder, 'mine', { A: '3' });
  expect(readSamConfig(folder).parameters).toEqual({ A: '3' });
});
