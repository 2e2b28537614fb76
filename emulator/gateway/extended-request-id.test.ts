import { expect, it } from 'vitest';
import { extendedRequestId } from './extended-request-id.ts';

it('an extended request id looks like AWS’s, and tells requests apart', () => {
  const ids = Array.from({ length: 1000 }, extendedRequestId);
  expect(new Set(ids).size).toBe(1000);
  for (const id of ids) expect(id).toMatch(/^[\w+/]{15}=$/);
});
