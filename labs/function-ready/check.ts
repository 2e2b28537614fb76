import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import type { Check, CheckContext } from '../../grader/api.ts';
import { shown } from '../wording/wording.ts';
import { allowedRuntimes } from './runtimes.ts';
import { settled } from './settled.ts';
import type { Ready } from './text.en.ts';

/**
 * The check that functions are there, can be called, and run on a runtime that AWS supports.
 * @param functions their names, before `LAB_PREFIX`
 * @returns a check with the id `ready`, whose `run` returns each function's configuration in the order of the names
 */
export const readyCheck = <Text extends { readonly ready: Ready }>(
  points: number,
  functions: readonly string[],
): Check<Text> => ({
  id: 'ready',
  title: (text) => text.ready.title,
  points,
  verifiedOn: ['embedded'],
  hints: (text) => text.ready.hints,
  run: (context) => Promise.all(functions.map((name) => ready(context, context.name(name)))),
});

async function ready(
  context: CheckContext<{ readonly ready: Ready }>,
  name: string,
): Promise<FunctionConfiguration> {
  const { text } = context;
  const found = await settled(context, name);
  if (found === undefined) return context.fail({ ...text.ready.missing(name), expected: name });
  const { State, StateReason, LastUpdateStatus, LastUpdateStatusReason, Runtime } = found;
  const evidence = [
    {
      label: 'GetFunctionConfiguration',
      value: shown({ State, StateReason, LastUpdateStatus, LastUpdateStatusReason, Runtime }),
    },
  ];
  // A function that was idle for long is Inactive, and wakes at its next call: nothing the student did wrong.
  context.expect(State, { ...text.ready.notActive(State ?? ''), evidence }).toBeOneOf(['Active', 'Inactive']);
  if (LastUpdateStatus === 'Failed') context.fail({ ...text.ready.updateFailed, evidence });
  context.expect(Runtime, { ...text.ready.runtime(Runtime ?? '?'), evidence }).toBeOneOf(allowedRuntimes);
  return found;
}
