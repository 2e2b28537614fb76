import { onlyApi, type FoundApi } from '../../rest-api/only-api.ts';
import { listed } from '../../wording/wording.ts';
import { names, routes, stage } from '../names.ts';
import type { Context, LabCheck } from './context.ts';

/** What the check `api` has found. */
export const apiOf = (context: Context): FoundApi => context.from<FoundApi>('api');

const api: LabCheck = {
  id: 'api',
  title: (text) => text.api.title,
  points: 5,
  verifiedOn: ['embedded'],
  hints: (text) => text.api.hints,
  async run(context): Promise<FoundApi> {
    const { text } = context;
    const found = await onlyApi(context, context.name(names.api), stage);
    const { methods } = found;
    if (!methods.has(routes.hello))
      return context.fail({
        ...text.api.noMethod(routes.hello),
        expected: routes.hello,
        actual: methods.size === 0 ? '' : listed(text, [...methods.keys()]),
      });
    return found;
  },
};

export const apiChecks = { api };
