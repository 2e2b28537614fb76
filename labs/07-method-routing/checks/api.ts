import { onlyApi, type FoundApi } from '../../rest-api/only-api.ts';
import { names, stage } from '../names.ts';
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
    const found = await onlyApi(context, context.name(names.api), stage);
    if (found.methods.size === 0)
      return context.fail({ ...context.text.api.noMethod, expected: 'GET /books' });
    return found;
  },
};

export const apiChecks = { api };
