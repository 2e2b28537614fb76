import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dependenciesOf, inOrder } from './dependencies.ts';
import { checkedTemplate } from './template.ts';

const queue = (properties: unknown, more: Record<string, unknown> = {}): unknown => ({
  Type: 'AWS::SQS::Queue',
  Properties: properties,
  ...more,
});

const conditions = { Conditions: { IsProd: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'prod'] } } };

describe('resources', () => {
  it('need what their functions and DependsOn name', () => {
    const template = checkedTemplate({
      Resources: {
        A: queue({}),
        B: queue({ Name: { Ref: 'A' } }),
        C: queue({ Name: { 'Fn::Sub': ['${B.Arn} ${A} ${!A} ${Own}', { Own: 'x' }] } }),
        D: queue({}, { DependsOn: ['C'] }),
        E: queue({ Name: { 'Fn::Join': [',', [{ 'Fn::GetAtt': ['D', 'Arn'] }]] } }),
      },
    });
    const dependencies = dependenciesOf(template, new Map());
    expect([...dependencies].map(([id, needs]) => [id, [...needs].sort()])).toEqual([
      ['A', []],
      ['B', ['A']],
      ['C', ['A', 'B']],
      ['D', ['C']],
      ['E', ['D']],
    ]);
    expect(inOrder(dependencies)).toEqual(['A', 'B', 'C', 'D', 'E']);
  });

  it('need only what the branches that are taken name', () => {
    const template = checkedTemplate({
      ...conditions,
      Resources: {
        Prod: queue({}, { Condition: 'IsProd' }),
        Any: queue({ Name: { 'Fn::If': ['IsProd', { Ref: 'Prod' }, 'x'] } }, { DependsOn: 'Prod' }),
      },
    });
    expect(dependenciesOf(template, new Map([['IsProd', false]]))).toEqual(new Map([['Any', new Set()]]));
    expect(dependenciesOf(template, new Map([['IsProd', true]])).get('Any')).toEqual(new Set(['Prod']));
  });

  it('cannot name what its condition keeps away', () => {
    const refused = (parts: Record<string, unknown>): (() => unknown) => {
      const template = checkedTemplate({ ...conditions, ...parts });
      return () => dependenciesOf(template, new Map([['IsProd', false]]));
    };
    const Prod = queue({}, { Condition: 'IsProd' });
    expect(refused({ Resources: { Prod, Any: queue({ Name: { Ref: 'Prod' } }) } })).toThrow(
      'Unresolved resource dependencies [Prod] in the Resources block of the template',
    );
    const Outputs = { O: { Value: { 'Fn::GetAtt': ['Prod', 'Arn'] } } };
    expect(refused({ Resources: { Prod, Any: queue({}) }, Outputs })).toThrow(
      'Unresolved resource dependencies [Prod] in the Outputs block of the template',
    );
  });

  it('cannot wait for one another', () => {
    const template = checkedTemplate({
      Resources: {
        Role: queue({}),
        A: queue({ Name: { Ref: 'B' }, Role: { Ref: 'Role' } }),
        B: queue({ Name: { Ref: 'A' } }),
        After: queue({ Name: { Ref: 'B' } }),
      },
    });
    expect(() => inOrder(dependenciesOf(template, new Map()))).toThrow(
      'Circular dependency between resources: [A, B, After]',
    );
    expect(() => inOrder(new Map([['Self', new Set(['Self'])]]))).toThrow('[Self]');
  });

  it('come after what they need, whatever they need', () => {
    const graphs = fc.array(fc.uniqueArray(fc.nat(40)), { maxLength: 40 });
    fc.assert(
      fc.property(graphs, (edges) => {
        // only what stands before may be needed, so no circle can be
        const dependencies = new Map(
          edges.map((needs, at) => [
            `R${at}`,
            new Set(needs.filter((one) => one < at).map((one) => `R${one}`)),
          ]),
        );
        const shuffled = new Map([...dependencies].reverse());
        const order = inOrder(shuffled);
        expect([...order].sort()).toEqual([...dependencies.keys()].sort());
        for (const [id, needs] of dependencies)
          for (const other of needs) expect(order.indexOf(other)).toBeLessThan(order.indexOf(id));
      }),
    );
  });
});
