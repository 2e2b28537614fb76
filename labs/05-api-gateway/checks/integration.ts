import type { Integration } from '@aws-sdk/client-api-gateway';
import { names, routes } from '../names.ts';
import { apiOf } from './api.ts';
import { shown, type Context, type LabCheck } from './context.ts';

/** The function that an integration names, with its qualifier if it has one. */
export interface Called {
  readonly arn: string;
  readonly qualifier: string | undefined;
}

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
  const { stageVariables } = apiOf(context);
  const named = uri.replaceAll(
    /\$\{stageVariables\.([A-Za-z0-9_]+)\}/g,
    (whole, name: string) => stageVariables[name] ?? whole,
  );
  const [, arn = '', functionName, qualifier] =
    /\/functions\/(arn:[^:]+:lambda:[^:]+:\d{12}:function:([^:/]+)(?::([^/]+))?)\/invocations$/.exec(named) ??
    [];
  const wanted = context.name(names.function);
  if (functionName !== wanted)
    context.fail({ ...text.integration.other(route, wanted), expected: wanted, actual: uri, evidence });
  context.expect(httpMethod, { ...text.integration.verb(route, httpMethod ?? '?'), evidence }).toBe('POST');
  if (credentials !== undefined && credentials !== '')
    context.fail({ ...text.integration.role(route), evidence });
  return { arn, qualifier };
}

export const integrationChecks = { integration };
