import type { Integration } from '@aws-sdk/client-api-gateway';
import { calledBy, type Called } from '../../rest-api/found-api.ts';
import { shown } from '../../wording/wording.ts';
import { names, routes } from '../names.ts';
import { apiOf } from './api.ts';
import type { Context, LabCheck } from './context.ts';

const integration: LabCheck = {
  id: 'integration',
  title: (text) => text.integration.title,
  points: 10,
  needs: ['ready', 'api'],
  verifiedOn: ['embedded'],
  hints: (text) => text.integration.hints,
  /** @returns what is called, by route */
  run(context): Promise<ReadonlyMap<string, Called>> {
    const { methods } = apiOf(context);
    const called = new Map<string, Called>();
    for (const route of [routes.hello, routes.echo]) {
      const method = methods.get(route);
      if (method !== undefined) called.set(route, checked(context, route, method.methodIntegration));
    }
    return Promise.resolve(called);
  },
};

function checked(context: Context, route: string, found: Integration | undefined): Called {
  const { text } = context;
  if (found?.type === undefined)
    return context.fail({ ...text.integration.none(route), expected: 'AWS_PROXY' });
  const { type, httpMethod, uri = '', credentials } = found;
  const evidence = [{ label: 'GetIntegration', value: shown({ type, httpMethod, uri, credentials }) }];
  context.expect<string>(type, { ...text.integration.type(route, type), evidence }).toBe('AWS_PROXY');
  const called = calledBy(uri, apiOf(context).stageVariables);
  const wanted = context.name(names.function);
  if (called?.functionName !== wanted)
    return context.fail({
      ...text.integration.other(route, wanted),
      expected: wanted,
      actual: uri,
      evidence,
    });
  context.expect(httpMethod, { ...text.integration.verb(route, httpMethod ?? '?'), evidence }).toBe('POST');
  if (credentials !== undefined && credentials !== '')
    context.fail({ ...text.integration.role(route), evidence });
  return called;
}

export const integrationChecks = { integration };
