import {
  GetFunctionConfigurationCommand,
  ResourceNotFoundException,
  type FunctionConfiguration,
} from '@aws-sdk/client-lambda';
import { names } from '../names.ts';
import { allowedRuntimes } from '../runtimes.ts';
import { shown, type Context, type LabCheck } from './context.ts';

async function readConfiguration(context: Context): Promise<FunctionConfiguration | undefined> {
  const { lambda } = context.clients;
  try {
    return await lambda.send(
      new GetFunctionConfigurationCommand({ FunctionName: context.name(names.function) }),
    );
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

const ready: LabCheck = {
  id: 'ready',
  title: (text) => text.ready.title,
  points: 5,
  verifiedOn: ['embedded'],
  hints: (text) => text.ready.hints,
  async run(context) {
    const { text } = context;
    const name = context.name(names.function);
    let found: FunctionConfiguration | undefined;
    await context.until('functionActive', async () => {
      found = await readConfiguration(context);
      return found?.State === 'Pending' || found?.LastUpdateStatus === 'InProgress' ? undefined : true;
    });
    if (found === undefined) return context.fail({ ...text.ready.missing(name), expected: name });
    const { State, StateReason, LastUpdateStatus, LastUpdateStatusReason, Runtime } = found;
    const evidence = [
      {
        label: 'GetFunctionConfiguration',
        value: shown({ State, StateReason, LastUpdateStatus, LastUpdateStatusReason, Runtime }),
      },
    ];
    // A function that was idle for long is Inactive, and wakes at its next call: nothing the student did wrong.
    context
      .expect(State, { ...text.ready.notActive(State ?? ''), evidence })
      .toBeOneOf(['Active', 'Inactive']);
    if (LastUpdateStatus === 'Failed') context.fail({ ...text.ready.updateFailed, evidence });
    context.expect(Runtime, { ...text.ready.runtime(Runtime ?? '?'), evidence }).toBeOneOf(allowedRuntimes);
    return found;
  },
};

export const functionChecks = { ready };
