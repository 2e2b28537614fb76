import type { Limit, Limits } from '../../service/service.ts';
import generated from './limits.json' with { type: 'json' };

/*
 * The generated limits, where AWS is known to differ: names that are too long get a text of their own (recorded;
 * `checkNames` has it), and the public model that the limits come from is older than the SDK's log classes.
 */
function corrected(member: string, limit: Limit): Limit {
  if (member === 'logGroupName' || member === 'logStreamName') {
    const { pattern, min } = limit;
    return { pattern, min };
  }
  if (member === 'logGroupClass' && limit.enum !== undefined)
    return { ...limit, enum: [...new Set([...limit.enum, 'ESSENTIALS'])] };
  return limit;
}

export const limits: Limits = Object.fromEntries(
  Object.entries(generated as Limits).map(([operation, members]) => [
    operation,
    Object.fromEntries(Object.entries(members).map(([member, limit]) => [member, corrected(member, limit)])),
  ]),
);
