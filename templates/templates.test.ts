import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { transform } from '../emulator/services/cloudformation/sam/transform.ts';
import { readTemplate } from '../emulator/services/cloudformation/template/read.ts';
import { readSamConfig } from '../cli/deploy/application/samconfig.ts';
import { projectRoot } from '../tooling/root.ts';

const folder = join(projectRoot(), 'templates');
const names = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(join(entry.parentPath, entry.name, 'template.yaml')))
  .map(({ name }) => name);

interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}
interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs: Readonly<Record<string, { readonly Description?: string }>>;
}

const given = {
  region: 'us-east-1',
  partition: 'aws',
  account: '000000000000',
  parameters: {},
  managedPolicies: {},
};

/** The template as it is once its code was uploaded. */
const packaged = ({ Resources, ...rest }: Template): Template => ({
  ...rest,
  Resources: Object.fromEntries(
    Object.entries(Resources).map(([id, resource]) => {
      const { CodeUri, ...properties } = resource.Properties ?? {};
      if (CodeUri === undefined) return [id, resource];
      return [id, { ...resource, Properties: { ...properties, CodeUri: 's3://packages/code.zip' } }];
    }),
  ),
});

/** Places of every `*` that stands alone for actions or resources in a policy. */
function wildcards(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]: [string, unknown]) => {
    const at = `${path}/${key}`;
    if (/^(Action|Resource)s?$/.test(key)) {
      const list: unknown[] = Array.isArray(one) ? one : [one];
      return list.some((each) => each === '*' || each === '*:*') ? [at] : [];
    }
    return wildcards(one, at);
  });
}

it('there are eight applications', () => {
  expect(names).toEqual([
    'authorized-api',
    'fan-out',
    'hello-api',
    'image-inbox',
    'order-desk',
    'queue-worker',
    'scheduled-report',
    'todo-crud',
  ]);
});

describe.each(names)('%s', (name) => {
  const source = readFileSync(join(folder, name, 'template.yaml'), 'utf8');
  const written = readTemplate(source) as Template;
  const transformed = transform(packaged(written), given);
  const made = Object.values(transformed.ok ? (transformed.template as unknown as Template).Resources : {});
  const of = (type: string) =>
    made.filter(({ Type }) => Type === type).map(({ Properties = {} }) => Properties);

  it('is a template that SAM understands', () => {
    expect(transformed).toMatchObject({ ok: true });
    expect(made.filter(({ Type }) => Type.startsWith('AWS::Serverless::'))).toEqual([]);
  });

  it('has functions of the newest runtime, whose lines end after a while and go with the stack', () => {
    const functions = of('AWS::Lambda::Function');
    expect(functions.length).toBeGreaterThan(0);
    for (const one of functions)
      expect(one).toMatchObject({
        Runtime: 'nodejs24.x',
        LoggingConfig: { LogGroup: { Ref: 'Logs' }, LogFormat: 'JSON' },
      });
    expect(of('AWS::Logs::LogGroup')).toMatchObject([{ RetentionInDays: 14 }]);
  });

  it('allows what is needed, and never everything', () => {
    expect(of('AWS::IAM::Role').flatMap(({ Policies }) => wildcards(Policies))).toEqual([]);
    expect(source).not.toMatch(/Statement:/);
  });

  it('leaves physical names to CloudFormation, so that it can stand twice in an account', () => {
    const named = /"(FunctionName|RoleName|TableName|QueueName|TopicName|LogGroupName|AlarmName)":"/;
    expect(JSON.stringify(written.Resources)).not.toMatch(named);
  });

  it('marks what it makes, and says what its outputs are', () => {
    for (const type of ['AWS::Lambda::Function', 'AWS::IAM::Role', 'AWS::DynamoDB::Table', 'AWS::SQS::Queue'])
      for (const { Tags } of of(type))
        expect(JSON.stringify(Tags)).toContain(`"Key":"application","Value":"${name}"`);
    for (const { Description = '' } of Object.values(written.Outputs)) expect(Description).not.toBe('');
  });

  it('is deployed by the SAM CLI under its own name', () => {
    expect(readSamConfig(join(folder, name)).stackName).toBe(name);
  });

  it('asks for the packages of the project, in the versions that its tests run with', () => {
    const read = (file: string) =>
      JSON.parse(readFileSync(file, 'utf8')) as Record<string, Record<string, string> | undefined>;
    const all = ({ dependencies, devDependencies }: ReturnType<typeof read>) => ({
      ...dependencies,
      ...devDependencies,
    });
    expect(all(read(join(projectRoot(), 'package.json')))).toMatchObject(
      all(read(join(folder, name, 'package.json'))),
    );
  });
});
