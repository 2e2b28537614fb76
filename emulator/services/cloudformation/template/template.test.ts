import { describe, expect, it } from 'vitest';
import { readTemplate } from './read.ts';
import { checkedTemplate, templateHead } from './template.ts';

const topic = { Type: 'AWS::SNS::Topic' };
const withParts = (parts: Record<string, unknown>): unknown => ({ Resources: { Topic: topic }, ...parts });
const withProperties = (value: unknown, parts: Record<string, unknown> = {}): unknown => ({
  ...parts,
  Resources: { Topic: topic, Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: value } } },
});

describe('a template', () => {
  it('is read part by part', () => {
    const template = checkedTemplate(
      readTemplate(`
AWSTemplateFormatVersion: 2010-09-09
Description: Orders
Metadata: { Team: blue }
Parameters:
  Stage: { Type: String, Default: dev, AllowedValues: [dev, prod] }
  Size: { Type: Number, MinValue: '1', NoEcho: true }
Mappings:
  Sizes: { ap-northeast-2: { Small: 1, Zones: [a, c] } }
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
Resources:
  Queue:
    Type: AWS::SQS::Queue
    Condition: IsProd
    DeletionPolicy: RetainExceptOnCreate
    UpdateReplacePolicy: Retain
    DependsOn: Topic
    Properties: { QueueName: !Sub '\${Stage}-orders' }
  Topic: { Type: AWS::SNS::Topic, Metadata: { Why: news } }
Outputs:
  Arn: { Value: !GetAtt Topic.TopicArn, Export: { Name: !Sub '\${AWS::StackName}-arn' } }
`),
    );
    expect(template.description).toBe('Orders');
    expect(template.parameters.get('Size')).toMatchObject({ type: 'Number', noEcho: true, minValue: 1 });
    expect(template.mappings.get('Sizes')?.get('ap-northeast-2')?.get('Zones')).toEqual(['a', 'c']);
    expect(template.resources.get('Queue')).toMatchObject({
      type: 'AWS::SQS::Queue',
      dependsOn: ['Topic'],
      condition: 'IsProd',
      deletionPolicy: 'RetainExceptOnCreate',
      updateReplacePolicy: 'Retain',
    });
    expect(template.outputs.get('Arn')?.exportName).toEqual({ 'Fn::Sub': '${AWS::StackName}-arn' });
  });

  it('keeps names that every object has apart from those that are written', () => {
    const missing = checkedTemplate(withParts({}));
    expect(missing.resources.has('constructor')).toBe(false);
    expect(() => checkedTemplate(withProperties({ Ref: 'constructor' }))).toThrow('[constructor]');
    expect(() => checkedTemplate(withProperties({ 'Fn::FindInMap': ['toString', 'a', 'b'] }))).toThrow(
      "Mapping named 'toString' is not present",
    );
    const named = checkedTemplate(JSON.parse('{"Resources":{"constructor":{"Type":"AWS::SNS::Topic"}}}'));
    expect([...named.resources.keys()]).toEqual(['constructor']);
  });

  it('has a head before its transforms have run', () => {
    const head = templateHead({
      Transform: ['AWS::LanguageExtensions', { Name: 'AWS::Serverless-2016-10-31' }],
      Globals: { Function: { Timeout: null } },
      Parameters: { Names: { Type: 'CommaDelimitedList' } },
      Resources: { 'Fn::ForEach::Topics': ['Name', [], {}] },
    });
    expect(head.transforms).toEqual(['AWS::LanguageExtensions', 'AWS::Serverless-2016-10-31']);
    expect([...head.parameters.keys()]).toEqual(['Names']);
  });
});

const many = (count: number, value: unknown): Record<string, unknown> =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`Name${at}`, value]));

/** Those that are marked are recorded answers of AWS. */
const REFUSED: readonly (readonly [string, unknown, string])[] = [
  ['no map at all', 'text', 'Template format error: unsupported structure.'],
  ['no resources (recorded)', {}, 'Template format error: At least one Resources member must be defined.'],
  [
    'a resource without a type (recorded)',
    { Resources: { A: {} } },
    'Template format error: [/Resources/A] Every Resources object must contain a Type member.',
  ],
  [
    'a resource with a strange member (recorded)',
    { Resources: { A: { Type: 'AWS::SNS::Topic', Invalid: 1 } } },
    "Invalid template resource property 'Invalid'",
  ],
  [
    'a resource that is a text (recorded)',
    { Resources: { A: 'x' } },
    'Template format error: Any Resources member must be an object.',
  ],
  [
    'a resource with a name that is none (recorded)',
    { Resources: { 'AWS::NoValue': topic } },
    'Template format error: Resource name AWS::NoValue is non alphanumeric.',
  ],
  [
    'a parameter with a name that is none (recorded)',
    withParts({ Parameters: { 'AWS::NoValue': { Type: 'String' } } }),
    'Template format error: Parameter name AWS::NoValue is non alphanumeric.',
  ],
  [
    'null in an output (recorded)',
    withParts({ Outputs: { MyOutput: { Value: null } } }),
    "[/Outputs/MyOutput/Value] 'null' values are not allowed in templates",
  ],
  [
    'an output without a value (recorded)',
    withParts({ Outputs: { MyOutput: {} } }),
    'Template format error: Every Outputs member must contain a Value object',
  ],
  [
    'a mapping with one level (recorded)',
    withParts({ Mappings: { M: { A: 'x' } } }),
    'Template format error: Every Mappings member A must be a map',
  ],
  [
    'a mapping with functions (recorded)',
    withParts({ Mappings: { M: { A: { B: { Ref: 'X' } } } } }),
    'Template format error: Every Mappings attribute must be a String or a List.',
  ],
  [
    'a dependency on nothing (recorded)',
    { Resources: { A: { ...topic, DependsOn: 'NonExistingResource' } } },
    'Template format error: Unresolved resource dependencies [NonExistingResource] in the Resources block of the template',
  ],
  [
    'a reference to nothing (recorded)',
    withProperties({ Ref: 'InvalidRef' }),
    'Template format error: Unresolved resource dependencies [InvalidRef] in the Resources block of the template',
  ],
  [
    'Fn::GetAtt with one argument (recorded)',
    withProperties({ 'Fn::GetAtt': ['Topic', ''] }),
    'Template error: every Fn::GetAtt object requires two non-empty parameters, the resource name and the resource attribute',
  ],
  [
    'Fn::If of no condition (recorded)',
    withProperties({ 'Fn::If': ['MissingCondition', 'a', 'b'] }),
    'Template error: unresolved condition dependency MissingCondition in Fn::If',
  ],
  [
    'Fn::Equals of one (recorded)',
    withParts({ Conditions: { C: { 'Fn::Equals': ['a'] } } }),
    'Template error: every Fn::Equals object requires a list of 2 string parameters.',
  ],
  ['a strange part', withParts({ Foo: 1, Bar: 2 }), 'Invalid template property or properties [Foo, Bar]'],
  [
    'a loop without its transform',
    { Resources: { 'Fn::ForEach::Topics': ['N', ['a'], {}] } },
    'Template format error: [/Resources/Fn::ForEach::Topics] resource definition is malformed',
  ],
  [
    'a type of parameter that is none',
    withParts({ Parameters: { P: { Type: 'Strin' } } }),
    'Template format error: Unrecognized parameter type: Strin',
  ],
  [
    'an attribute of nothing',
    withProperties({ 'Fn::GetAtt': ['Nope', 'Arn'] }),
    'Template error: instance of Fn::GetAtt references undefined resource Nope',
  ],
  [
    'an attribute of nothing in a text',
    withProperties({ 'Fn::Sub': 'x ${Nope.Arn}' }),
    'Template error: instance of Fn::Sub references invalid resource attribute Nope.Arn',
  ],
  [
    'a name in a text that is none',
    withProperties({ 'Fn::Sub': '${a b}' }),
    'Template error: variable names in Fn::Sub syntax must contain only alphanumeric characters, underscores, periods, and colons',
  ],
  [
    'a function that is none',
    withProperties({ 'Fn::Shout': 'x' }),
    'Template Error: Encountered unsupported function: Fn::Shout Supported functions are: [Fn::Base64,',
  ],
  [
    'Fn::Join of a text',
    withProperties({ 'Fn::Join': [',', 'x'] }),
    'Template error: every Fn::Join object requires two parameters, (1) a string delimiter and (2) a list of strings',
  ],
  [
    'a resource in a condition',
    withParts({ Conditions: { C: { 'Fn::Equals': [{ Ref: 'Topic' }, 'x'] } } }),
    'Template format error: Unresolved dependencies [Topic]. Cannot reference resources in the Conditions block of the template',
  ],
  [
    'an output of nothing',
    withParts({ Outputs: { O: { Value: { Ref: 'Nope' } } } }),
    'Template format error: Unresolved resource dependencies [Nope] in the Outputs block of the template',
  ],
  [
    'an export by a name with a space',
    withParts({ Outputs: { O: { Value: 'x', Export: { Name: 'a b' } } } }),
    'Template format error: Output O is malformed. The Name field of every Export member must be specified and consist only of alphanumeric characters, colons, or hyphens.',
  ],
  [
    'a deletion policy that is none',
    { Resources: { A: { ...topic, DeletionPolicy: 'Keep' } } },
    'Template format error: Unrecognized DeletionPolicy Keep for resource A',
  ],
  [
    'too many resources',
    { Resources: many(501, topic) },
    'Template format error: Number of resources, 501, is greater than maximum allowed, 500',
  ],
  [
    'too many outputs',
    withParts({ Outputs: many(201, { Value: 'x' }) }),
    'Template format error: Number of outputs, 201, is greater than maximum allowed, 200',
  ],
  [
    'Fn::Length without its transform',
    withProperties({ 'Fn::Length': ['a'] }),
    'Template error: Fn::Length requires the AWS::LanguageExtensions transform.',
  ],
];

describe('a template is refused', () => {
  it.each(REFUSED)('for %s', (_, tree, message) => {
    expect(() => checkedTemplate(tree)).toThrow(message);
  });

  it('for nesting that no reader would have let through', () => {
    let value: unknown = 'x';
    for (let level = 0; level < 5000; level += 1) value = [value];
    expect(() => checkedTemplate(withProperties(value))).toThrow('nested too deeply');
  });
});
