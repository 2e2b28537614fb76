import { describe, expect, it } from 'vitest';
import type { Json } from '../../../state/state.ts';
import { checkedTemplate } from '../template/template.ts';
import { conditionsOf } from './conditions.ts';
import type { Context, ExistingResource, ParameterValue, Pseudo } from './context.ts';
import { evaluate, evaluatedOutput } from './evaluate.ts';
import { shown, UNKNOWN } from './unknown.ts';

const pseudo: Pseudo = {
  'AWS::AccountId': '000000000000',
  'AWS::NotificationARNs': [],
  'AWS::Partition': 'aws',
  'AWS::Region': 'ap-northeast-2',
  'AWS::StackId': 'arn:aws:cloudformation:ap-northeast-2:000000000000:stack/shop/1',
  'AWS::StackName': 'shop',
  'AWS::URLSuffix': 'amazonaws.com',
};

const template = checkedTemplate({
  Parameters: { Stage: { Type: 'String' }, Names: { Type: 'CommaDelimitedList' }, Debug: { Type: 'String' } },
  Mappings: { Sizes: { 'ap-northeast-2': { Small: 1, Zones: ['a', 'c'] } } },
  Conditions: {
    IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] },
    IsDebug: { 'Fn::Equals': [{ Ref: 'Debug' }, true] },
    Both: { 'Fn::And': [{ Condition: 'IsProd' }, { Condition: { Condition: 'IsDebug' } }] },
    Either: { 'Fn::Or': [{ Condition: 'IsProd' }, { 'Fn::Not': [{ Condition: 'Both' }] }] },
  },
  Resources: {
    Queue: { Type: 'AWS::SQS::Queue' },
    Later: { Type: 'AWS::SQS::Queue' },
    Asked: { Type: 'Custom::Answer' },
    Inner: { Type: 'AWS::CloudFormation::Stack' },
  },
});

const parameters = new Map<string, ParameterValue>([
  ['Stage', 'dev'],
  ['Names', ['ann', 'bob']],
  ['Debug', 'true'],
]);

const existing: Readonly<Record<string, ExistingResource>> = {
  Queue: { id: 'https://queue', attributes: { Arn: 'arn:queue', Redrive: { Count: 3 } } },
  Asked: { id: 'asked-1', attributes: { Answer: '42' } },
  Inner: { id: 'arn:inner', attributes: { 'Outputs.Url': 'https://inner' } },
};

const context: Context = {
  template,
  parameters,
  pseudo,
  conditions: conditionsOf({ template, parameters, pseudo }),
  resource: (id) => existing[id],
  exported: (name) => (name === 'shared-vpc' ? 'vpc-1' : undefined),
};
const worked = (value: Json): unknown => evaluate(value, context);

describe('functions', () => {
  it.each<readonly [string, Json, unknown]>([
    ['Ref of a parameter', { Ref: 'Stage' }, 'dev'],
    ['Ref of a list', { Ref: 'Names' }, ['ann', 'bob']],
    ['Ref of AWS', { Ref: 'AWS::StackName' }, 'shop'],
    ['Ref of a resource', { Ref: 'Queue' }, 'https://queue'],
    ['GetAtt', { 'Fn::GetAtt': ['Queue', 'Arn'] }, 'arn:queue'],
    ['GetAtt in one text', { 'Fn::GetAtt': 'Queue.Arn' }, 'arn:queue'],
    ['GetAtt along a path', { 'Fn::GetAtt': ['Queue', 'Redrive.Count'] }, 3],
    ['GetAtt of a nested stack', { 'Fn::GetAtt': ['Inner', 'Outputs.Url'] }, 'https://inner'],
    [
      'Sub',
      { 'Fn::Sub': '${Stage}-${Queue}-${Queue.Arn}-${AWS::Region}' },
      'dev-https://queue-arn:queue-ap-northeast-2',
    ],
    ['Sub with a literal', { 'Fn::Sub': 'a${!Stage}b$c{d}' }, 'a${Stage}b$c{d}'],
    ['Sub with its own', { 'Fn::Sub': ['${Stage} ${N}', { Stage: 'x', N: { Ref: 'Debug' } }] }, 'x true'],
    ['Join', { 'Fn::Join': ['-', ['a', 1, true, { Ref: 'Stage' }]] }, 'a-1-true-dev'],
    ['Join of a list', { 'Fn::Join': [', ', { Ref: 'Names' }] }, 'ann, bob'],
    ['Join of nothing', { 'Fn::Join': [',', []] }, ''],
    ['Select', { 'Fn::Select': ['1', { Ref: 'Names' }] }, 'bob'],
    ['Split', { 'Fn::Split': ['|', 'a||c'] }, ['a', '', 'c']],
    ['Base64', { 'Fn::Base64': { 'Fn::Sub': '${Stage} 한' } }, Buffer.from('dev 한').toString('base64')],
    ['GetAZs', { 'Fn::GetAZs': '' }, ['ap-northeast-2a', 'ap-northeast-2b', 'ap-northeast-2c']],
    ['FindInMap', { 'Fn::FindInMap': ['Sizes', { Ref: 'AWS::Region' }, 'Zones'] }, ['a', 'c']],
    ['FindInMap with a default', { 'Fn::FindInMap': ['Sizes', 'x', 'y', { DefaultValue: 7 }] }, 7],
    ['ImportValue', { 'Fn::ImportValue': 'shared-vpc' }, 'vpc-1'],
    ['If', { 'Fn::If': ['IsDebug', 'yes', { 'Fn::GetAtt': ['Queue', 'Nothing'] }] }, 'yes'],
    ['no value in a map', { A: 1, B: { Ref: 'AWS::NoValue' } }, { A: 1 }],
    ['no value in a list', ['a', { 'Fn::If': ['IsProd', 'b', { Ref: 'AWS::NoValue' }] }], ['a']],
    [
      'ToJsonString',
      { 'Fn::ToJsonString': { Arn: { 'Fn::GetAtt': ['Queue', 'Arn'] } } },
      '{"Arn":"arn:queue"}',
    ],
    [
      "Cidr of AWS's page",
      { 'Fn::Cidr': ['192.168.0.0/24', 6, 5] },
      [
        '192.168.0.0/27',
        '192.168.0.32/27',
        '192.168.0.64/27',
        '192.168.0.96/27',
        '192.168.0.128/27',
        '192.168.0.160/27',
      ],
    ],
    [
      'Cidr of IPv6',
      { 'Fn::Cidr': ['2600:1f18:abc:de00::/56', '2', '64'] },
      ['2600:1f18:abc:de00::/64', '2600:1f18:abc:de01::/64'],
    ],
  ])('%s', (_, value, result) => {
    expect(worked(value)).toEqual(result);
  });

  it('leave what depends on a resource to come unknown, and nothing else', () => {
    expect(worked({ Ref: 'Later' })).toBe(UNKNOWN);
    expect(worked({ 'Fn::Sub': '${Stage}-${Later.Arn}' })).toBe(UNKNOWN);
    expect(worked({ 'Fn::Select': [0, { 'Fn::Split': [':', { 'Fn::GetAtt': ['Later', 'Arn'] }] }] })).toBe(
      UNKNOWN,
    );
    const value = evaluate({ A: [{ Ref: 'Later' }, 'x'], B: { Ref: 'Stage' } }, context);
    expect(value === undefined ? '' : shown(value)).toEqual({
      A: ['{{changeSet:KNOWN_AFTER_APPLY}}', 'x'],
      B: 'dev',
    });
  });

  it.each<readonly [string, Json, string]>([
    [
      'Select beyond the end',
      { 'Fn::Select': [3, ['a']] },
      'Template error: Fn::Select cannot select nonexistent value at index 3',
    ],
    [
      'a list in a text',
      { 'Fn::Sub': '${Names}' },
      'variable Names in Fn::Sub expression does not resolve to a string',
    ],
    [
      'no such key (recorded)',
      { 'Fn::FindInMap': ['Sizes', 'C', 'Suffix'] },
      'Template error: Unable to get mapping for Sizes::C::Suffix',
    ],
    [
      'no such mapping',
      { 'Fn::FindInMap': ['Nope', 'C', 'S'] },
      "Mapping named 'Nope' is not present in the 'Mappings' section of template.",
    ],
    ['no such export', { 'Fn::ImportValue': 'gone' }, 'No export named gone found.'],
    [
      'no such attribute',
      { 'Fn::GetAtt': ['Queue', 'Nope'] },
      'Template error: resource Queue does not support attribute type Nope in Fn::GetAtt',
    ],
    [
      'an attribute that every object has',
      { 'Fn::GetAtt': ['Queue', 'constructor'] },
      'does not support attribute type constructor',
    ],
    [
      'no answer',
      { 'Fn::GetAtt': ['Asked', 'Nope'] },
      "CustomResource attribute error: Vendor response doesn't contain Nope attribute in object asked-1",
    ],
    ['too many blocks', { 'Fn::Cidr': ['10.0.0.0/24', 9, 5] }, 'cannot fit 9 blocks'],
  ])('fail for %s', (_, value, message) => {
    expect(() => worked(value)).toThrow(message);
  });

  it('cannot make more than a machine holds', () => {
    const long = new Map<string, ParameterValue>([['Stage', 'x'.repeat(4096)]]);
    const text = { 'Fn::Sub': '${Stage}'.repeat(100_000) };
    expect(() => evaluate(text, { ...context, parameters: long })).toThrow('too large');
  });
});

describe('conditions', () => {
  it('are worked out through one another', () => {
    expect(Object.fromEntries(context.conditions)).toEqual({
      IsProd: false,
      IsDebug: true,
      Both: false,
      Either: true,
    });
  });

  it('cannot lead round in a circle', () => {
    const circle = checkedTemplate({
      Conditions: { A: { 'Fn::Not': [{ Condition: 'B' }] }, B: { 'Fn::Not': [{ Condition: 'A' }] } },
      Resources: { T: { Type: 'AWS::SNS::Topic' } },
    });
    expect(() => conditionsOf({ template: circle, parameters, pseudo })).toThrow(
      'circular condition dependency: [A, B]',
    );
  });
});

describe('outputs', () => {
  const output = { description: undefined, condition: undefined };
  it('are texts, with the name of their export worked out', () => {
    const exportName = { 'Fn::Sub': '${AWS::StackName}-n' };
    expect(evaluatedOutput('N', { ...output, value: 5, exportName }, context)).toEqual({
      value: '5',
      exportName: 'shop-n',
    });
  });

  it('are no lists', () => {
    expect(() =>
      evaluatedOutput('N', { ...output, value: { Ref: 'Names' }, exportName: undefined }, context),
    ).toThrow('Template format error: The Value field of every Outputs member must evaluate to a String.');
  });
});
