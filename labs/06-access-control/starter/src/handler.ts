import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';

/** What each method of the API shows. */
const reports: Readonly<Record<string, string>> = {
  'GET /public': 'The summary of the year',
  'GET /reports': 'The figures of each month',
  'GET /admin': 'The drafts that nobody has seen yet',
  'POST /admin': 'The draft is published',
};

/**
 * One function behind all methods.
 *
 * Gap 7: say who is calling, and in what role. Nobody but the authorizer knows.
 */
export const handler = async (event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> => {
  return {
    statusCode: 200,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      report: reports[`${event.httpMethod} ${event.resource}`] ?? null,
      caller: null,
      role: null,
    }),
  };
};
