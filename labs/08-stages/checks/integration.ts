import type { Integration } from '@aws-sdk/client-api-gateway';
import { calledBy } from '../../rest-api/found-api.ts';
import { shown } from '../../wording/wording.ts';
import { called, names } from '../names.ts';
import { apiOf } from './api.ts';
import type { Context, LabCheck } from './context.ts';

const integration: LabCheck = {
  id: 'integration',
  title: (text) => text.integration.title,
  points: 5,
  needs: ['ready', 'api'],
  verifiedOn: ['embedded'],
  hints: (text) => text.integration.hints,
  /** @returns the URI of an integration, the same for all methods but for its stage variable */
  run(context): Promise<string> {
    const { methods } = apiOf(context);
    let uri = '';
    for (const route of called.green) {
      const method = methods.get(route);
      if (method !== undefined) uri = checked(context, route, method.methodIntegration);
    }
    return Promise.resolve(uri);
  },
};

function checked(context: Context, route: string, found: Integration | undefined): string {
  const { text } = context;
  const { type, httpMethod, uri = '', credentials } = found ?? {};
  const evidence = [{ label: 'GetIntegration', value: shown({ type, httpMethod, uri, credentials }) }];
  // A value that no alias has: whatever stands there without the variable stays as it is.
  const value = context.nonce('alias');
  const calls = calledBy(uri, { alias: value });
  const functionName = context.name(names.function);
  if (type !== 'AWS_PROXY' || httpMethod !== 'POST' || calls?.functionName !== functionName)
    return context.fail({ ...text.integration.other(route, functionName), expected: functionName, evidence });
  const expected = `…:function:${functionName}:\${stageVariables.alias}/invocations`;
  if (calls.qualifier === undefined)
    return context.fail({ ...text.integration.noAlias(route), expected, actual: uri, evidence });
  if (calls.qualifier !== value)
    return context.fail({
      ...text.integration.fixed(route, calls.qualifier),
      expected,
      actual: uri,
      evidence,
    });
  if (credentials !== undefined && credentials !== '')
    context.fail({ ...text.integration.role(route), evidence });
  return uri;
}

export const integrationChecks = { integration };
