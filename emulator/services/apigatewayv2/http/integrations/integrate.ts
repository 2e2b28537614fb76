import { withDeadline } from '../../../../gateway/backends/deadline.ts';
import type { HttpResponse, Gates, Passage } from '../passage.ts';
import { internal, unavailable } from '../failure.ts';
import { mappedRequest } from '../mapping/request.ts';
import { mappedResponse } from '../mapping/response.ts';
import { httpProxy } from './http-proxy.ts';
import { lambdaProxy } from './lambda-proxy.ts';
import { serviceCall } from './service-call.ts';

/** Asks the route's back end. @throws HttpFailure */
export async function integrate({ cloud }: Gates, passage: Passage): Promise<HttpResponse> {
  const { integration } = passage.route;
  const { context } = passage;
  if (integration === undefined) throw internal('The route has no integration.');
  const { IntegrationSubtype, IntegrationType, RequestParameters, ConnectionType } = integration;
  if (ConnectionType === 'VPC_LINK') throw unavailable('There is no VPC here that a link could lead to.');
  const ofService = IntegrationSubtype !== undefined;
  const mapped: Passage = ofService
    ? passage
    : { ...passage, request: mappedRequest(passage, RequestParameters) };
  const started = cloud.clock.now();
  const tooLate = (): Error =>
    unavailable(`The integration did not answer within ${integration.TimeoutInMillis} ms.`);
  try {
    const response = await withDeadline(cloud.clock, integration.TimeoutInMillis, tooLate, (over) =>
      ofService
        ? serviceCall(cloud, passage, integration, over)
        : IntegrationType === 'HTTP_PROXY'
          ? httpProxy(mapped, integration, over)
          : lambdaProxy(cloud, mapped, integration),
    );
    return mappedResponse(passage, response, integration.ResponseParameters);
  } finally {
    context.integration = { ...context.integration, latency: cloud.clock.now() - started };
  }
}
