import type { Integration, Method } from '@aws-sdk/client-api-gateway';
import type { IntegrationDefinition, MethodDefinition } from '../definition/definition.ts';

/** A method as AWS shows it: what was never put is left out. */
export function shownMethod({ methodResponses, integration, ...own }: MethodDefinition): Method {
  return {
    ...own,
    ...(Object.keys(methodResponses).length > 0 && { methodResponses }),
    ...(integration !== undefined && { methodIntegration: shownIntegration(integration) }),
  };
}

export function shownIntegration({ integrationResponses, ...own }: IntegrationDefinition): Integration {
  return { ...own, ...(Object.keys(integrationResponses).length > 0 && { integrationResponses }) };
}
