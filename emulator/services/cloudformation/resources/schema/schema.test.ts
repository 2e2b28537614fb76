import { describe, expect, it } from 'vitest';
import { bounded } from '../../../../bounded/bounded.ts';
import { coerced } from './coerced.ts';
import { problems, validationFailed } from './problems.ts';
import { needsReplacement } from './replacement.ts';
import { attributesOf, expressionOf, hasAttribute, schemaOf, schemaTypes } from './schema.ts';
import type { Schema } from './schema.ts';

const lambda = 'AWS::Lambda::Function';
const role = 'arn:aws:iam::111122223333:role/worker';
const code = { ZipFile: 'exports.handler = async () => 1;' };

describe('schemas of resource types', () => {
  it('are there for all types, and for custom ones whatever their names', () => {
    expect(schemaTypes().length).toBeGreaterThanOrEqual(70);
    expect(schemaOf('Custom::Thing')).toBe(schemaOf('AWS::CloudFormation::CustomResource'));
    expect(schemaOf('AWS::EC2::Instance')).toBeUndefined();
    expect(schemaOf('constructor')).toBeUndefined();
  });

  it('have no name of a definition that is not there', () => {
    const missing: string[] = [];
    for (const type of schemaTypes()) {
      const schema = schemaOf(type);
      for (const one of all(schema ?? {}))
        if (one.ref !== undefined && schema?.definitions?.[one.ref] === undefined)
          missing.push(`${type} ${one.ref}`);
    }
    expect(missing).toEqual([]);
  });

  it('have patterns that can be compiled and take no long time over long texts', () => {
    const patterns = new Set(
      schemaTypes().flatMap((type) => all(schemaOf(type) ?? {}).flatMap(({ pattern }) => pattern ?? [])),
    );
    expect(patterns.size).toBeGreaterThan(50);
    for (const pattern of patterns) {
      const expression = expressionOf(pattern);
      for (const part of ['a', 'A', '0', '-', ':', '/', '.', ' ', 'a-', 'arn:aws:', 'us-east-1:']) {
        const text = part.repeat(2_000);
        expect(() => bounded(() => expression.test(`${text}\u0000`), 1_000), pattern).not.toThrow();
      }
    }
  });

  it('tell the attributes', () => {
    expect(attributesOf('AWS::Lambda::Alias')).toEqual(['AliasArn']);
    expect(hasAttribute(lambda, 'Arn')).toBe(true);
    expect(hasAttribute(lambda, 'SnapStartResponse.ApplyOn')).toBe(true);
    expect(hasAttribute(lambda, 'Name')).toBe(false);
    expect(hasAttribute('AWS::SQS::Queue', 'QueueName')).toBe(true);
    expect(hasAttribute('AWS::CloudFormation::Stack', 'Outputs.Url')).toBe(true);
    expect(hasAttribute('AWS::CloudFormation::Stack', 'Url')).toBe(false);
    expect(hasAttribute('Custom::Thing', 'Anything')).toBe(true);
  });
});

describe('properties that are cast', () => {
  it('makes of texts what the schema wants, and the other way round', () => {
    const cast = coerced(lambda, {
      Timeout: '3',
      MemorySize: 128,
      Description: 12,
      Environment: { Variables: { COUNT: 3, ON: true } },
      Layers: [1],
    });
    expect(cast).toEqual({
      Timeout: 3,
      MemorySize: 128,
      Description: '12',
      Environment: { Variables: { COUNT: '3', ON: 'true' } },
      Layers: ['1'],
    });
    expect(coerced('AWS::Lambda::EventSourceMapping', { Enabled: 'false' })).toEqual({ Enabled: false });
  });

  it('leaves what it cannot be, what no schema tells of, and types that are not there', () => {
    expect(coerced(lambda, { Timeout: 'soon', Unknown: '3' })).toEqual({ Timeout: 'soon', Unknown: '3' });
    expect(coerced('AWS::EC2::Instance', { A: '1' })).toEqual({ A: '1' });
    expect(coerced('AWS::IAM::Role', { AssumeRolePolicyDocument: { Version: '1' } })).toEqual({
      AssumeRolePolicyDocument: { Version: '1' },
    });
  });

  it('lets a custom resource have what it likes', () => {
    const given = { ServiceToken: role, ServiceTimeout: '60', Count: 3, Deep: { On: true } };
    expect(coerced('Custom::Thing', given)).toEqual({ ...given, ServiceTimeout: 60 });
    expect(problems('Custom::Thing', given)).toEqual([
      '#/ServiceTimeout: expected type: Integer, found: String',
    ]);
  });
});

describe('what is wrong with properties', () => {
  const wrong = (properties: Parameters<typeof problems>[1], type = lambda): readonly string[] =>
    problems(type, type === lambda ? { Code: code, Role: role, ...properties } : properties);

  it('is nothing where all is right', () => {
    expect(wrong({ Timeout: 3, Runtime: 'nodejs24.x', Handler: 'index.handler' })).toEqual([]);
  });

  it('are members that are missing or that there are not', () => {
    expect(problems(lambda, {})).toEqual([
      '#: required key [Code] not found',
      '#: required key [Role] not found',
    ]);
    expect(wrong({ Time: 3, TracingConfig: { Kind: 'Active' } })).toEqual([
      '#: extraneous key [Time] is not permitted',
      '#/TracingConfig: extraneous key [Kind] is not permitted',
    ]);
    expect(wrong({ Arn: 'x' })).toContain('#: extraneous key [Arn] is not permitted');
  });

  it('are types', () => {
    expect(wrong({ Timeout: 'soon', Layers: 'one', Environment: [], Handler: {} })).toEqual([
      '#/Timeout: expected type: Integer, found: String',
      '#/Layers: expected type: JSONArray, found: String',
      '#/Environment: expected type: JSONObject, found: JSONArray',
      '#/Handler: expected type: String, found: JSONObject',
    ]);
    expect(wrong({ Timeout: 1.5 })).toEqual(['#/Timeout: expected type: Integer, found: BigDecimal']);
    expect(wrong({ AssumeRolePolicyDocument: 3 }, 'AWS::IAM::Role')).toEqual([
      '#/AssumeRolePolicyDocument: #: no subschema matched out of the total 2 subschemas',
    ]);
  });

  it('are patterns, also those that end as in Java', () => {
    const group = (LogGroupName: string) => wrong({ LogGroupName }, 'AWS::Logs::LogGroup');
    expect(group('/aws/lambda/ada-worker')).toEqual([]);
    expect(group('a worker')).toEqual(['#/LogGroupName: failed validation constraint for keyword [pattern]']);
  });

  it('are values, without being told', () => {
    expect(wrong({ PackageType: 'Tar', Timeout: 0, Role: 'worker', Description: 'x'.repeat(257) })).toEqual([
      '#/Role: failed validation constraint for keyword [pattern]',
      '#/PackageType: #: only 1 subschema matches out of 2',
      '#/PackageType: failed validation constraint for keyword [enum]',
      '#/Timeout: failed validation constraint for keyword [minimum]',
      '#/Description: expected maxLength: 256, actual: 257',
    ]);
  });

  it('are sizes and likeness of lists', () => {
    expect(wrong({ Architectures: ['arm64', 'arm64'] })).toEqual([
      '#/Architectures: expected maximum item count: 1, found: 2',
      '#/Architectures: array items are not unique',
    ]);
  });

  it('are groups of which one must be there', () => {
    expect(problems('AWS::IAM::Policy', { PolicyName: 'p', PolicyDocument: {} })).toEqual([
      '#: #: no subschema matched out of the total 3 subschemas',
    ]);
  });

  it('stands in an event line by line', () => {
    expect(validationFailed('Worker', problems(lambda, {}))).toBe(
      'Properties validation failed for resource Worker with message:\n#: required key [Code] not found\n#: required key [Role] not found',
    );
  });
});

describe('changes of properties', () => {
  it('are nothing where nothing differs, whatever the order', () => {
    const tags = { Tags: [{ Key: 'a', Value: 'b' }], Timeout: 3 };
    expect(needsReplacement(lambda, tags, { Timeout: 3, Tags: [{ Value: 'b', Key: 'a' }] })).toEqual([]);
  });

  it('make a resource anew or do not', () => {
    expect(
      needsReplacement(lambda, { FunctionName: 'a', Timeout: 3 }, { FunctionName: 'b', Handler: 'x' }),
    ).toEqual([
      { property: 'FunctionName', recreation: 'Always' },
      { property: 'Timeout', recreation: 'Never' },
      { property: 'Handler', recreation: 'Never' },
    ]);
    expect(needsReplacement('AWS::DynamoDB::Table', { KeySchema: [1] }, { KeySchema: [2] })).toEqual([
      { property: 'KeySchema', recreation: 'Conditionally' },
    ]);
  });
});

/* Every schema within a schema. */
function all(schema: Schema & { definitions?: Readonly<Record<string, Schema>> }): Schema[] {
  const inner = [
    ...Object.values(schema.properties ?? {}),
    ...Object.values(schema.patterns ?? {}),
    ...Object.values(schema.definitions ?? {}),
    ...(schema.items === undefined ? [] : [schema.items]),
  ];
  return [schema, ...inner.flatMap(all)];
}
