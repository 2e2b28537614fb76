import { describe, expect, it } from 'vitest';
import { checkTemplateSize } from './size.ts';
import { missingCapabilities, neededCapabilities, summaryOf } from './summary.ts';

const role = (properties: unknown = {}): unknown => ({ Type: 'AWS::IAM::Role', Properties: properties });

describe('the summary of a template', () => {
  it('is what AWS says of one (recorded)', () => {
    const tree = {
      Metadata: { TopicName: 'sns-topic-simple' },
      Resources: { topic123: { Type: 'AWS::SNS::Topic' } },
    };
    expect(summaryOf(tree)).toEqual({
      Metadata: '{"TopicName":"sns-topic-simple"}',
      Parameters: [],
      ResourceIdentifierSummaries: [{ LogicalResourceIds: ['topic123'], ResourceType: 'AWS::SNS::Topic' }],
      ResourceTypes: ['AWS::SNS::Topic'],
      Version: '2010-09-09',
    });
  });

  it('tells of parameters, transforms and capabilities', () => {
    const summary = summaryOf({
      Description: 'Shop',
      Transform: 'AWS::Serverless-2016-10-31',
      Parameters: { Stage: { Type: 'String', Default: 'dev', AllowedValues: ['dev'], Description: 'Where' } },
      Resources: { Run: { Type: 'AWS::Serverless::Function' }, R: role() },
    });
    expect(summary).toMatchObject({
      Description: 'Shop',
      DeclaredTransforms: ['AWS::Serverless-2016-10-31'],
      Capabilities: ['CAPABILITY_IAM', 'CAPABILITY_AUTO_EXPAND'],
      CapabilitiesReason: 'The following resource(s) require capabilities: [AWS::IAM::Role]',
      Parameters: [
        {
          ParameterKey: 'Stage',
          DefaultValue: 'dev',
          ParameterType: 'String',
          NoEcho: false,
          Description: 'Where',
          ParameterConstraints: { AllowedValues: ['dev'] },
        },
      ],
    });
  });

  it('sees into loops', () => {
    const loop = ['N', ['a'], { 'Role${N}': role({ RoleName: 'x' }) }];
    expect(
      summaryOf({ Transform: 'AWS::LanguageExtensions', Resources: { 'Fn::ForEach::Roles': loop } }),
    ).toMatchObject({
      ResourceTypes: ['AWS::IAM::Role'],
      Capabilities: ['CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND'],
    });
  });
});

describe('capabilities', () => {
  it('are needed for IAM, and more so for names', () => {
    expect(neededCapabilities({ Resources: { R: role() } })).toEqual(['CAPABILITY_IAM']);
    expect(neededCapabilities({ Resources: { R: role({ RoleName: 'x' }), S: role() } })).toEqual([
      'CAPABILITY_NAMED_IAM',
    ]);
    const policy = { Type: 'AWS::IAM::Policy', Properties: { PolicyName: 'x' } };
    expect(neededCapabilities({ Resources: { P: policy } }, ['AWS::LanguageExtensions'])).toEqual([
      'CAPABILITY_IAM',
      'CAPABILITY_AUTO_EXPAND',
    ]);
    expect(neededCapabilities({ Resources: { T: { Type: 'AWS::SNS::Topic' } } })).toEqual([]);
  });

  it('are agreed to by themselves or by what is more', () => {
    expect(missingCapabilities(['CAPABILITY_IAM'], ['CAPABILITY_NAMED_IAM'])).toEqual([]);
    expect(missingCapabilities(['CAPABILITY_NAMED_IAM'], ['CAPABILITY_IAM'])).toEqual([
      'CAPABILITY_NAMED_IAM',
    ]);
  });
});

describe('the size of a template', () => {
  it('is bounded, in a call more than in S3', () => {
    expect(() => checkTemplateSize('x'.repeat(51_200), 'templateBody')).not.toThrow();
    expect(() => checkTemplateSize('x'.repeat(51_201), 'templateBody')).toThrow(
      'less than or equal to 51200',
    );
    expect(() => checkTemplateSize('x'.repeat(51_201), 'templateURL')).not.toThrow();
    expect(() => checkTemplateSize('x'.repeat(1_000_001), 'templateURL')).toThrow(
      'Template may not exceed 1000000 bytes',
    );
  });
});
