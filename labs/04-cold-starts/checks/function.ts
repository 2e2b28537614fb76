import { settled } from '../../function-ready/settled.ts';
import type { Configuration } from '../copy/function.ts';
import { names } from '../names.ts';
import { allowedRuntimes } from '../../function-ready/runtimes.ts';
import { shown } from '../../wording/wording.ts';
import type { Context, LabCheck } from './context.ts';

/** What the check `ready` has found: the configuration of `$LATEST`. */
export const configurationOf = (context: Context): Configuration => context.from<Configuration>('ready');

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
    const { State, StateReason, LastUpdateStatus, Runtime, PackageType } = found;
    const evidence = [
      {
        label: text.evidence.configuration,
        value: shown({ State, StateReason, LastUpdateStatus, Runtime, PackageType }),
      },
    ];
    if (PackageType === 'Image') context.fail({ ...text.ready.image, evidence });
    // A function that was idle for long is Inactive, and wakes at its next call: nothing the student did wrong.
    context
      .expect(State, { ...text.ready.notActive(State ?? '', StateReason ?? ''), evidence })
      .toBeOneOf(['Active', 'Inactive']);
    if (LastUpdateStatus === 'Failed')
      context.fail({ ...text.ready.updateFailed(found.LastUpdateStatusReason ?? ''), evidence });
    context.expect(Runtime, { ...text.ready.runtime(Runtime ?? '?'), evidence }).toBeOneOf(allowedRuntimes);
    return found;
  },
};

export const functionChecks = { ready };
