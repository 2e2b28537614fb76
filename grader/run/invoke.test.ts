import { expect, it } from 'vitest';
import { requestIdOf } from './invoke.ts';

const tail =
  'START RequestId: inner Version: $LATEST\nhello\nEND RequestId: inner\nREPORT RequestId: inner\tDuration: 1 ms\n';

it.each([
  // As on AWS.
  ['inner', tail, 'inner'],
  // A server whose answers have ids of their own.
  ['outer', tail, 'inner'],
  ['outer', 'no line of Lambda', 'outer'],
  ['outer', '', 'outer'],
  // What a function writes does not take the place of an id that the log has.
  ['inner', `END RequestId: forged\n${tail}`, 'inner'],
])('the id of an invocation that was answered with %s, and logged %j, is %s', (answered, log, id) => {
  expect(requestIdOf(answered, log)).toBe(id);
});
