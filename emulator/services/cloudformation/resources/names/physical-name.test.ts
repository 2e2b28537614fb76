import { describe, expect, it } from 'vitest';
import { physicalName } from './physical-name.ts';

const of = { stackName: 'orders', logicalId: 'Table', token: 'first' };

describe('names that CloudFormation gives', () => {
  it('is made of stack, logical id and twelve drawn characters', () => {
    expect(physicalName(of)).toMatch(/^orders-Table-[A-Za-z0-9]{12}$/);
  });

  it('is the same for the same step, and another for another', () => {
    expect(physicalName(of)).toBe(physicalName({ ...of }));
    expect(physicalName(of)).not.toBe(physicalName({ ...of, token: 'second' }));
    expect(physicalName(of)).not.toBe(physicalName({ ...of, logicalId: 'Other' }));
  });

  it('keeps the beginnings of both where there is little room', () => {
    const long = { stackName: 's'.repeat(100), logicalId: 'L'.repeat(100), token: 't' };
    expect(physicalName(long, 64)).toMatch(/^s{25}-L{25}-[A-Za-z0-9]{12}$/);
    expect(physicalName({ ...long, logicalId: 'Role' }, 64)).toMatch(/^s{46}-Role-[A-Za-z0-9]{12}$/);
    expect(physicalName({ ...long, stackName: 'app' }, 64)).toMatch(/^app-L{47}-[A-Za-z0-9]{12}$/);
  });

  it('can be in lower case', () => {
    expect(physicalName(of, 63, 'lowerCase')).toMatch(/^orders-table-[a-z0-9]{12}$/);
  });
});
