import { describe, expect, it } from 'vitest';
import { metricKey, metricOf, NamedMetrics } from './metric.ts';

describe('metrics of services’ own', () => {
  const named = new NamedMetrics();
  it('are the same however their dimensions are ordered, and made once', () => {
    const one = named.of('AWS/ApiGateway', 'Count', { Stage: 'dev', ApiName: 'shop' });
    const other = named.of('AWS/ApiGateway', 'Count', { ApiName: 'shop', Stage: 'dev' });
    expect(other).toEqual(one);
    expect(one.key).toBe(metricKey(metricOf('AWS/ApiGateway', 'Count', { ApiName: 'shop', Stage: 'dev' })));
    expect(named.of('AWS/ApiGateway', 'Count', { ApiName: 'shop', Stage: 'dev' })).toBe(other);
  });

  it('are told apart, whatever their names hold', () => {
    const keys = [
      named.of('n', 'm', {}),
      named.of('n', 'm', { a: 'b' }),
      named.of('n', 'm', { a: '1:b' }),
      named.of('n', 'm', { a: 'b/1:c1:d' }),
      named.of('n', 'm', { a: 'b', c: 'd' }),
      named.of('nm', '', {}),
      named.of('n', 'm/1:a1:b', {}),
    ].map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
  });
});
