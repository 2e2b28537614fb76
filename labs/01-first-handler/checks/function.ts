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

const ready: LabCheck = {
  id: 'ready',
  title: (text) => text.ready.title,
  points: 10,
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
          PackageType: found.PackageType,
        }),
      },
    ];
    if (found.PackageType === 'Image') context.fail({ ...text.ready.image, evidence });
    // A function that was idle for long is Inactive, and wakes at its next call: nothing the student did wrong.
    context
      .expect(found.State, {
        ...text.ready.notActive(found.State ?? '', found.StateReason ?? ''),
        evidence,
      })
      .toBeOneOf(['Active', 'Inactive']);
    if (found.LastUpdateStatus === 'Failed') {
      context.fail({ ...text.ready.updateFailed(found.LastUpdateStatusReason ?? ''), evidence });
    }
    context
      .expect(found.Runtime, { ...text.ready.runtime(found.Runtime ?? '?'), evidence })
      .toBeOneOf(allowedRuntimes);
    return found;
  },
};

const configuration: LabCheck = {
  id: 'configuration',
  title: (text) => text.configuration.title,
  points: 5,
  needs: ['ready'],
  verifiedOn: ['embedded'],
  hints: (text) => text.configuration.hints,
  async run(context) {
    const { text } = context;
    // Lambda's defaults, where an answer leaves a member out.
    const { MemorySize = 128, Timeout = 3, Description = '' } = configurationOf(context);
    context.expect(MemorySize, text.configuration.memory(MemorySize)).toBe(256);
    context.expect(Timeout, text.configuration.timeout(Timeout)).toBe(5);
    context.expect(Description.trim(), text.configuration.description).toMatch(/\S/);
    return Promise.resolve();
  },
};

export const functionChecks = { ready, configuration };
