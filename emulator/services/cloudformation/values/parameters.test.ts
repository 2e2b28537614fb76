import type { Parameter } from '@aws-sdk/client-cloudformation';
import { describe, expect, it } from 'vitest';
import { checkedTemplate } from '../template/template.ts';
import { chosenParameters, parameterValues, shownParameters, ssmParametersOf } from './parameters.ts';

const declared = (parameters: Record<string, unknown>): ReturnType<typeof checkedTemplate>['parameters'] =>
  checkedTemplate({ Parameters: parameters, Resources: { T: { Type: 'AWS::SNS::Topic' } } }).parameters;

const given = (values: Record<string, string>): Parameter[] =>
  Object.entries(values).map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue }));

describe('parameters', () => {
  const parameters = declared({
    Stage: { Type: 'String', Default: 'dev' },
    Ports: { Type: 'List<Number>' },
    Names: { Type: 'CommaDelimitedList', Default: ' ann , bob' },
    Secret: { Type: 'String', NoEcho: 'true' },
    Image: { Type: 'AWS::SSM::Parameter::Value<List<String>>', Default: '/images' },
  });

  it('are what was given, or their defaults', () => {
    const chosen = chosenParameters(parameters, given({ Ports: '80,443', Secret: 's' }));
    expect([...chosen.keys()]).toEqual(['Stage', 'Ports', 'Names', 'Secret', 'Image']);
    expect(ssmParametersOf(parameters, chosen)).toEqual(new Map([['Image', '/images']]));
    const stored = new Map([['Image', 'a, b']]);
    expect(Object.fromEntries(parameterValues(parameters, chosen, stored))).toEqual({
      Stage: 'dev',
      Ports: ['80', '443'],
      Names: ['ann', 'bob'],
      Secret: 's',
      Image: ['a', 'b'],
    });
    expect(shownParameters(parameters, chosen, stored)).toContainEqual({
      ParameterKey: 'Secret',
      ParameterValue: '****',
    });
    expect(shownParameters(parameters, chosen, stored)).toContainEqual({
      ParameterKey: 'Image',
      ParameterValue: '/images',
      ResolvedValue: 'a, b',
    });
  });

  it('keep what they had where that is asked for', () => {
    const previous = new Map([['Stage', 'prod']]);
    const keep = { ParameterKey: 'Stage', UsePreviousValue: true };
    const one = declared({ Stage: { Type: 'String', Default: 'dev' } });
    expect(chosenParameters(one, [keep], previous)).toEqual(previous);
    expect(() => chosenParameters(one, [keep])).toThrow(
      'Invalid input for parameter key Stage. Cannot specify usePreviousValue as true for a parameter key not in the previous template',
    );
    expect(() => chosenParameters(one, [{ ...keep, ParameterValue: 'x' }], previous)).toThrow(
      'Cannot specify usePreviousValue as true and non empty value for a parameter',
    );
  });

  it('have to be there, and to be wanted', () => {
    expect(() => chosenParameters(parameters, [])).toThrow('Parameters: [Ports, Secret] must have values');
    expect(() => chosenParameters(parameters, given({ Port: '1', constructor: '2' }))).toThrow(
      'Parameters: [Port, constructor] do not exist in the template',
    );
  });

  it.each<readonly [Record<string, unknown>, string, string | undefined]>([
    [
      { Type: 'String', AllowedValues: ['prod', 'dev'] },
      'test',
      "Parameter 'P' must be one of AllowedValues",
    ],
    [{ Type: 'CommaDelimitedList', AllowedValues: ['a', 'b'] }, 'a, b', undefined],
    [
      { Type: 'CommaDelimitedList', AllowedValues: ['a', 'b'] },
      'a,c',
      "Parameter 'P' must be one of AllowedValues",
    ],
    [{ Type: 'String', AllowedPattern: '[a-z]+' }, 'abc1', "Parameter 'P' must match pattern [a-z]+"],
    [{ Type: 'String', AllowedPattern: '[\\p{Alnum}_]+' }, 'aB_9', undefined],
    [
      { Type: 'String', AllowedPattern: '[a-z]+', ConstraintDescription: 'lower case only' },
      'A',
      "Parameter 'P' failed to satisfy constraint: lower case only",
    ],
    [{ Type: 'String', MinLength: '3' }, 'ab', "Parameter 'P' must contain at least 3 characters"],
    [{ Type: 'String', MaxLength: 4 }, 'abcde', "Parameter 'P' must contain at most 4 characters"],
    [{ Type: 'Number' }, 'ten', "Parameter 'P' must be a number"],
    [{ Type: 'Number', MinValue: 1 }, '0', "Parameter 'P' must be a number not less than 1"],
    [{ Type: 'List<Number>', MaxValue: 2.5 }, '1,3', "Parameter 'P' must be a number not greater than 2.5"],
    [
      { Type: 'AWS::SSM::Parameter::Value<String>', AllowedPattern: '/app/.*' },
      '/other',
      "Parameter 'P' must match pattern /app/.*",
    ],
    [
      { Type: 'String' },
      'x'.repeat(4097),
      "Parameter 'P' exceeds the maximum parameter value length of 4096 bytes.",
    ],
    [
      { Type: 'String', AllowedPattern: '(a+)+b' },
      'a'.repeat(4000),
      'AllowedPattern (a+)+b takes too long to decide on the value.',
    ],
    [{ Type: 'List<AWS::EC2::Subnet::Id>' }, 'subnet-1', undefined],
  ])('of %j are checked: %s', (parameter, value, message) => {
    const choose = (): unknown => chosenParameters(declared({ P: parameter }), given({ P: value }));
    if (message === undefined) expect(choose()).toEqual(new Map([['P', value]]));
    else expect(choose).toThrow(message);
  });

  it.each<readonly [Record<string, unknown>, string]>([
    [
      { Type: 'String', MinValue: 1 },
      "Template error: Parameter 'P' MinValue must be on a parameter of type Number",
    ],
    [
      { Type: 'Number', MinLength: 1 },
      "Template error: Parameter 'P' MinLength must be on a parameter of type String",
    ],
    [{ Type: 'String', Allowed: 1 }, "Invalid template parameter property 'Allowed'"],
    [{ Default: 'x' }, 'Template format error: Every Parameters object must contain a Type member.'],
    [
      { Type: 'CommaDelimitedList', Default: ['a'] },
      'Template format error: Every Default member must be a string.',
    ],
    [
      { Type: 'AWS::SSM::Parameter::Value<Number>' },
      'Unrecognized parameter type: AWS::SSM::Parameter::Value<Number>',
    ],
  ])('are refused where they are declared as %j', (parameter, message) => {
    expect(() => declared({ P: parameter })).toThrow(message);
  });
});
