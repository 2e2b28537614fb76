import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';

/** What each method of the API shows. */
const reports: Readonly<Record<string, string>> = {
  'GET /public': 'The summary of the year',
  'GET /reports': 'The figures of each month',
  'GET /admin': 'The drafts that nobody has seen yet',
  'POST /admin': 'The draft is published',
};

/**
 * One function behind all methods. Who is calling, it takes from nobody but the authorizer: what that returned as its
 * context stands in the event. An API key says which plan pays for a request, and not who has sent it.
 */
export const handler = async (event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> => {
  const { subject = null, role = null } = event.requestContext.authorizer ?? {};
  return {
    statusCode: 200,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      report: reports[`${event.httpMethod} ${event.resource}`] ?? null,
      caller: subject as string | null,
      role: role as string | null,
      key: event.requestContext.identity.apiKey,
    }),
  };
};
