import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import { names } from '../names.ts';
import { allowedRuntimes } from '../../function-ready/runtimes.ts';
import { settled } from '../../function-ready/settled.ts';
import { shown } from '../../wording/wording.ts';
import type { Context, LabCheck } from './context.ts';

/** What `GetFunctionConfiguration` says of the student's function once it is ready. */
export type Configuration = FunctionConfiguration;

/** What the check `ready` has found. */
export const configurationOf = (context: Context): Configuration => context.from<Configuration>('ready');

/** The log group that the function writes to: what `LoggingConfig` says, or Lambda's default. */
export const groupOf = (context: Context): string =>
  configurationOf(context).LoggingConfig?.LogGroup ?? `/aws/lambda/${context.name(names.function)}`;

const ready: LabCheck = {
  id: 'ready',
  title: (text) => text.ready.title,
  points: 5,
  verifiedOn: ['embedded'],
  hints: (text) => text.ready.hints,
  async run(context) {
    const { text } = context;
    const name = context.name(names.function);
    const found = await settled(context, name);
    if (found === undefined) return context.fail({ ...text.ready.missing(name), expected: name });
    const evidence = [
      {
        label: text.evidence.configuration,
        value: shown({
          State: found.State,
          StateReason: found.StateReason,
          LastUpdateStatus: found.LastUpdateStatus,
          Runtime: found.Runtime,
        }),
      },
    ];
    // A function that was idle for long is Inactive, and wakes at its next call: nothing the student did wrong.
    context
      .expect(found.State, {
        ...text.ready.notActive(found.State ?? '', found.StateReason ?? ''),
        evidence,
      })
      .toBeOneOf(['Active', 'Inactive']);
    if (found.LastUpdateStatus === 'Failed')
      context.fail({ ...text.ready.updateFailed(found.LastUpdateStatusReason ?? ''), evidence });
    context
      .expect(found.Runtime, { ...text.ready.runtime(found.Runtime ?? '?'), evidence })
      .toBeOneOf(allowedRuntimes);
    return found;
  },
};

export const functionChecks = { ready };
