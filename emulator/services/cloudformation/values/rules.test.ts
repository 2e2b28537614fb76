import { describe, expect, it } from 'vitest';
import { checkedTemplate } from '../template/template.ts';
import type { Pseudo } from './context.ts';
import { checkRules } from './rules.ts';

// the pseudo parameters that rules ask for
const pseudo = { 'AWS::Region': 'us-east-1' } as Pseudo;

const check = (rule: unknown, stage: string, zones: readonly string[] = []): void => {
  const template = checkedTemplate({
    Parameters: { Stage: { Type: 'String' }, Zones: { Type: 'CommaDelimitedList' } },
    Rules: { Rule: rule },
    Resources: { T: { Type: 'AWS::SNS::Topic' } },
  });
  const parameters = new Map<string, string | readonly string[]>([
    ['Stage', stage],
    ['Zones', zones],
  ]);
  checkRules({ template, parameters, pseudo });
};

describe('rules', () => {
  const onlyProd = {
    RuleCondition: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'us-east-1'] },
    Assertions: [
      {
        Assert: { 'Fn::Contains': [['prod', 'test'], { Ref: 'Stage' }] },
        AssertDescription: 'No dev in us-east-1',
      },
    ],
  };

  it('hold, or say what does not', () => {
    expect(() => check(onlyProd, 'prod')).not.toThrow();
    expect(() => check(onlyProd, 'dev')).toThrow('No dev in us-east-1');
  });

  it('ask for nothing where their condition does not hold', () => {
    const elsewhere = { ...onlyProd, RuleCondition: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-west-1'] } };
    expect(() => check(elsewhere, 'dev')).not.toThrow();
  });

  it('look at each member of a list', () => {
    const among = { Assertions: [{ Assert: { 'Fn::EachMemberIn': [{ Ref: 'Zones' }, ['a', 'c']] } }] };
    expect(() => check(among, '', ['a', 'c', 'a'])).not.toThrow();
    expect(() => check(among, '', ['a', 'b'])).toThrow('Rule Rule failed');
    const same = {
      Assertions: [{ Assert: { 'Fn::Not': [{ 'Fn::EachMemberEquals': [{ Ref: 'Zones' }, 'a'] }] } }],
    };
    expect(() => check(same, '', ['a', 'b'])).not.toThrow();
    expect(() => check(same, '', ['a', 'a'])).toThrow('Rule Rule failed');
  });

  it('that ask for networks are refused by name', () => {
    expect(() => check({ Assertions: [{ Assert: { 'Fn::RefAll': 'AWS::EC2::VPC::Id' } }] }, '')).toThrow(
      'Fn::RefAll',
    );
  });
});
