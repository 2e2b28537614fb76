import type { Obj } from '../json.ts';
import { type Made, made } from '../made.ts';
import { type Event, nameOf } from './event.ts';

/** What lets a service call the function. */
export const permission = (
  event: Event,
  principal: string,
  more: Obj = {},
  prefix = event.id,
  suffix = '',
): Made =>
  made(
    `${prefix}Permission${suffix}`,
    'AWS::Lambda::Permission',
    { Action: 'lambda:InvokeFunction', FunctionName: nameOf(event.to), Principal: principal, ...more },
    { ...event.source.passed },
  );
