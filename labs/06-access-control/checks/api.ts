import type { Method } from '@aws-sdk/client-api-gateway';
import { onlyApi, type FoundApi } from '../../rest-api/only-api.ts';
import { listed } from '../../wording/wording.ts';
import { names, routes, stage, type Route } from '../names.ts';
import type { Context, LabCheck } from './context.ts';

/** What the check `api` has found. */
export const apiOf = (context: Context): FoundApi => context.from<FoundApi>('api');

/** A method of the API as it is being edited, or the end of the check. */
export function methodOf(context: Context, route: Route): Method {
  const { methods } = apiOf(context);
  const method = methods.get(route);
  if (method !== undefined) return method;
  return context.fail({
    ...context.text.api.noMethod(route),
    expected: route,
    actual: listed(context.text, [...methods.keys()]),
  });
}

const api: LabCheck = {
  id: 'api',
  title: (text) => text.api.title,
  points: 5,
  verifiedOn: ['embedded'],
  hints: (text) => text.api.hints,
  async run(context): Promise<FoundApi> {
    const { text } = context;
    const found = await onlyApi(context, context.name(names.api), stage);
    if (!found.methods.has(routes.public))
      context.fail({ ...text.api.noMethod(routes.public), expected: routes.public });
    return found;
  },
};

export const apiChecks = { api };
