import { describe, expect, it } from 'vitest';
import { readTemplate } from '../template/read.ts';
import { checkedTemplate } from '../template/template.ts';
import type { ParameterValue, Pseudo } from '../values/context.ts';
import { expand } from './expand.ts';

// the pseudo parameters that the tests ask for
const pseudo = { 'AWS::Region': 'ap-northeast-2' } as Pseudo;
const parameters = new Map<string, ParameterValue>([
  ['Names', ['Success', 'Failure']],
  ['Keep', 'Retain'],
  ['Stage', 'prod'],
]);
const head = `
Transform: AWS::LanguageExtensions
Parameters:
  Names: { Type: CommaDelimitedList }
  Keep: { Type: String }
  Stage: { Type: String }
Mappings:
  Sizes: { dev: { Memory: '128' }, prod: { Memory: '512' } }
`;
const expanded = (text: string): Record<string, unknown> => ({
  ...expand(readTemplate(head + text), { parameters, pseudo }),
});
const properties = (text: string): unknown =>
  expanded(`
Resources:
  T:
    Type: AWS::SNS::Topic
    Properties:
      P: ${text}`)['Resources'];
const topic = (P: unknown): unknown => ({ T: { Type: 'AWS::SNS::Topic', Properties: { P } } });

describe('Fn::ForEach', () => {
  it('makes resources, and the outputs that name them', () => {
    const tree = expanded(`
Resources:
  Fn::ForEach::Topics:
    - Name
    - !Ref Names
    - Topic\${Name}:
        Type: AWS::SNS::Topic
        Properties: { TopicName: !Ref Name, DisplayName: !Sub 'On \${Name} in \${AWS::Region}', Raw: 'x \${Name}' }
Outputs:
  Fn::ForEach::Arns:
    - Name
    - [Success, Failure]
    - Fn::ForEach::Attributes:
        - Attribute
        - [TopicArn, TopicName]
        - \${Name}\${Attribute}:
            Value: !GetAtt [!Sub 'Topic\${Name}', !Ref Attribute]
`);
    expect(tree['Resources']).toEqual({
      TopicSuccess: {
        Type: 'AWS::SNS::Topic',
        Properties: {
          TopicName: 'Success',
          DisplayName: { 'Fn::Sub': 'On Success in ${AWS::Region}' },
          Raw: 'x ${Name}',
        },
      },
      TopicFailure: {
        Type: 'AWS::SNS::Topic',
        Properties: {
          TopicName: 'Failure',
          DisplayName: { 'Fn::Sub': 'On Failure in ${AWS::Region}' },
          Raw: 'x ${Name}',
        },
      },
    });
    expect(Object.keys(tree['Outputs'] as object)).toEqual([
      'SuccessTopicArn',
      'SuccessTopicName',
      'FailureTopicArn',
      'FailureTopicName',
    ]);
    expect(tree['Outputs']).toMatchObject({
      SuccessTopicArn: { Value: { 'Fn::GetAtt': ['TopicSuccess', 'TopicArn'] } },
    });
    expect(tree).not.toHaveProperty('Transform');
    expect(checkedTemplate(tree).outputs.size).toBe(4);
  });

  it('makes conditions and properties, and leaves letters and digits alone where names have no others', () => {
    const tree = expanded(`
Conditions:
  Fn::ForEach::Stages:
    - Stage
    - [a-b, c.d]
    - Is&{Stage}: !Equals [!Ref Stage, prod]
Resources:
  T:
    Type: AWS::SNS::Topic
    Condition: !Join ['', [Is, ab]]
    Properties:
      Fn::ForEach::Parts: [Part, [X, Y], { 'Part\${Part}': !Ref Part }]
`);
    expect(tree['Conditions']).toEqual({
      Isab: { 'Fn::Equals': ['a-b', 'prod'] },
      Iscd: { 'Fn::Equals': ['c.d', 'prod'] },
    });
    expect(tree['Resources']).toEqual({
      T: { Type: 'AWS::SNS::Topic', Condition: 'Isab', Properties: { PartX: 'X', PartY: 'Y' } },
    });
  });

  const loop = (collection: string, key = 'T${N}'): string =>
    `Resources: { 'Fn::ForEach::L': [N, ${collection}, { '${key}': { Type: 'AWS::SNS::Topic' } }] }`;
  const failed = 'Transform AWS::LanguageExtensions failed with: ';

  it.each<readonly [string, string, string]>([
    ['a text to go through', loop('abc'), `${failed}Fn::ForEach layout is incorrect`],
    [
      'too few parts',
      "Resources: { 'Fn::ForEach::L': [N, [a]] }",
      `${failed}Fn::ForEach layout is incorrect`,
    ],
    [
      'what is known later',
      loop("{ 'Fn::GetAtt': [A, B] }"),
      `${failed}Could not find a collection or could not be resolved for Fn::ForEach`,
    ],
    [
      'the same name twice',
      loop('[a, b]', 'T'),
      `${failed}Duplicate key 'T' when merging keys to parent object in Fn::ForEach`,
    ],
    ['a name that is none', loop('[a-b]'), `${failed}LogicalId 'Ta-b' should be alphanumeric`],
    [
      'a loop elsewhere',
      `Metadata: { 'Fn::ForEach::L': [N, [a], {}] }`,
      `${failed}Fn::ForEach is not supported in the Metadata section.`,
    ],
    [
      'a condition that is none',
      'Resources: { T: { Type: T, Condition: Nope } }',
      `${failed}Key Nope is missing in the map.`,
    ],
  ])('is refused for %s', (_, text, message) => {
    expect(() => expanded(text)).toThrow(message);
  });

  it('cannot make more than a template holds', () => {
    const items = `[${Array.from({ length: 100 }, (_, at) => `i${at}`).join(', ')}]`;
    const nested = `{ 'Fn::ForEach::B': [B, ${items}, { 'Fn::ForEach::C': [C, ${items}, { 'Fn::ForEach::D': [D, ${items}, { 'T\${A}\${B}\${C}\${D}': x }] }] }] }`;
    expect(() => expanded(`Resources: { 'Fn::ForEach::A': [A, ${items}, ${nested}] }`)).toThrow(
      'may not exceed',
    );
  });
});

describe('the other functions', () => {
  it.each<readonly [string, string, unknown]>([
    ['the length of a list', '!Length [1, 2, 3]', 3],
    ['the length of a parameter', '!Length { Ref: Names }', 2],
    ['JSON', '!ToJsonString { a: !Ref Names, b: [1, true] }', '{"a":["Success","Failure"],"b":[1,true]}'],
    ['a mapping by functions', '!FindInMap [!Join ["", [Si, zes]], !Ref Stage, Memory]', '512'],
    ['a mapping with a default', '!FindInMap [Sizes, none, Memory, { DefaultValue: !Ref Stage }]', 'prod'],
  ])('give %s', (_, text, value) => {
    expect(properties(text)).toEqual(topic(value));
  });

  it('leave to the stack what only the stack knows', () => {
    const later = { 'Fn::ToJsonString': { a: { 'Fn::GetAtt': ['T', 'Arn'] }, r: { Ref: 'AWS::Region' } } };
    expect(properties('!ToJsonString { a: !GetAtt T.Arn, r: !Ref "AWS::Region" }')).toEqual(topic(later));
    expect(() =>
      checkedTemplate(
        expanded(
          'Resources: { T: { Type: "AWS::SNS::Topic", Properties: { P: !ToJsonString { a: !GetAtt T.Arn } } } }',
        ),
        { languageExtensions: true },
      ),
    ).not.toThrow();
    expect(() => properties('!Length { "Fn::GetAtt": [T, List] }')).toThrow(
      'Transform AWS::LanguageExtensions failed with: The Fn::Length value could not be resolved for properties',
    );
  });

  it('work out policies, by conditions too', () => {
    const tree = expanded(`
Conditions: { IsProd: !Equals [!Ref Stage, prod] }
Resources:
  T: { Type: 'AWS::SNS::Topic', DeletionPolicy: !Ref Keep, UpdateReplacePolicy: !If [IsProd, Retain, Delete] }
`);
    expect(checkedTemplate(tree).resources.get('T')).toMatchObject({
      deletionPolicy: 'Retain',
      updateReplacePolicy: 'Retain',
    });
  });

  it('leave the other transforms to come', () => {
    const tree = {
      Transform: ['AWS::LanguageExtensions', 'AWS::Serverless-2016-10-31'],
      Globals: {},
      Resources: {},
    };
    expect(expand(tree, { parameters, pseudo })).toMatchObject({
      Transform: ['AWS::Serverless-2016-10-31'],
      Globals: {},
    });
  });
});
