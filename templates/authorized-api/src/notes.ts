import type { APIGatewayProxyResult, APIGatewayProxyWithLambdaAuthorizerEvent } from 'aws-lambda';

/** Whoever gets here has a pass: what the authorizer said of them is in the event, and cannot be forged. */
export const handler = async (
  event: APIGatewayProxyWithLambdaAuthorizerEvent<{ principalId: string }>,
): Promise<APIGatewayProxyResult> => {
  const reader = event.requestContext.authorizer.principalId;
  if (event.httpMethod === 'POST') return answer(201, { message: `${reader} has written a note` });
  return answer(200, { message: `${reader} may read this` });
};

const answer = (statusCode: number, body: object): APIGatewayProxyResult => ({
  statusCode,
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(body),
});
