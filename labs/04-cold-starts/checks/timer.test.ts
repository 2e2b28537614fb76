import { expect, it } from 'vitest';
import { timerChecks } from './timer.ts';
import { verdict } from './testing/fake-context.ts';

const arn = 'arn:aws:lambda:us-east-1:123456789012:function:lab04-lifecycle';

/** Rules by the ARN of their target, and schedules in two pages. */
function says(rules: Readonly<Record<string, object>>, schedules: readonly object[] = []) {
  const events = {
    send: ({ input }: { input: { TargetArn?: string; Name?: string } }) =>
      Promise.resolve(
        input.TargetArn === undefined
          ? { Name: input.Name, ...rules[input.Name ?? ''] }
          : { RuleNames: Object.keys(rules).filter((target) => target === input.TargetArn) },
      ),
  };
  const scheduler = {
    send: ({ input }: { input: { NextToken?: string } }) =>
      Promise.resolve(
        input.NextToken === undefined ? { Schedules: [], NextToken: 'more' } : { Schedules: schedules },
      ),
  };
  const ready = { FunctionArn: `${arn}:$LATEST` };
  return verdict(timerChecks.timer, { earlier: { ready }, clients: { events, scheduler } });
}

it('finds what calls by the clock, whatever it names the function by', async () => {
  const rate = { ScheduleExpression: 'rate(5 minutes)', State: 'ENABLED' };
  expect(await says({ [arn]: rate })).toContain('calls the function by the clock');
  expect(await says({ [`${arn}:live`]: rate })).toContain('calls the function by the clock');
  const Target = { Arn: `${arn}:live` };
  expect(await says({}, [{ Name: 'warm', State: 'ENABLED', Target }])).toContain('`warm`');
});

it('leaves alone what does not', async () => {
  expect(await says({})).toBeUndefined();
  expect(await says({ [arn]: { EventPattern: '{}', State: 'ENABLED' } })).toBeUndefined();
  expect(await says({ [arn]: { ScheduleExpression: 'rate(1 day)', State: 'DISABLED' } })).toBeUndefined();
  const Target = { Arn: `${arn}-2` };
  expect(await says({}, [{ Name: 'other', State: 'ENABLED', Target }])).toBeUndefined();
});

it('a server without schedules has none; one that answers anything else is not believed', async () => {
  const fails = (error: Error) => {
    const send = () => Promise.reject(error);
    const ready = { FunctionArn: arn };
    return verdict(timerChecks.timer, {
      earlier: { ready },
      clients: { events: { send }, scheduler: { send } },
    });
  };
  const missing = Object.assign(new Error('not there'), { $metadata: { httpStatusCode: 501 } });
  expect(await fails(missing)).toBeUndefined();
  await expect(fails(new Error('AccessDenied'))).rejects.toThrow('AccessDenied');
});
