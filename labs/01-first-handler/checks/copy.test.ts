import {
  CreateFunctionCommand,
  DeleteFunctionCommand,
  GetFunctionConfigurationCommand,
  ResourceConflictException,
} from '@aws-sdk/client-lambda';
import { describe, expect, it } from 'vitest';
import { withCopy } from './copy.ts';
import { fakeContext } from './testing/fake-context.ts';

/** Lambda as far as a copy needs it, with what a grader that was killed has left. */
function lambdaWith(existing: string[]) {
  const functions = new Set(existing);
  return {
    functions,
    send(command: object) {
      if (command instanceof CreateFunctionCommand) {
        const name = command.input.FunctionName ?? '';
        if (functions.has(name)) {
          return Promise.reject(new ResourceConflictException({ message: 'exists', $metadata: {} }));
        }
        functions.add(name);
      }
      if (command instanceof DeleteFunctionCommand) functions.delete(command.input.FunctionName ?? '');
      if (command instanceof GetFunctionConfigurationCommand) return Promise.resolve({ State: 'Active' });
      return Promise.resolve({});
    },
  };
}

const student = 'lab01-greeter';
const earlier = { ready: { FunctionName: student }, package: { zip: new Uint8Array() } };
const words = { GREETING: 'Hi' };

describe('withCopy', () => {
  it('takes the place of a copy that was left behind, and leaves none', async () => {
    const lambda = lambdaWith([student, 'lab01-greeter-check']);
    const used = await withCopy(fakeContext({ earlier, clients: { lambda } }), 30, words, (copy) =>
      Promise.resolve(`${copy.name} of ${lambda.functions.size}`),
    );
    expect(used).toBe('lab01-greeter-check of 2');
    expect([...lambda.functions]).toEqual([student]);
  });

  it('deletes the copy where the check fails', async () => {
    const lambda = lambdaWith([student]);
    const failing = withCopy(fakeContext({ earlier, clients: { lambda } }), 30, words, () =>
      Promise.reject(new Error('wrong word')),
    );
    await expect(failing).rejects.toThrow('wrong word');
    expect([...lambda.functions]).toEqual([student]);
  });
});
