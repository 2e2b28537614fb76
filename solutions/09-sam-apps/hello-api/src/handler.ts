import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';

/** `GET /hello?name=Ada`. Where the query is empty, API Gateway sends null and not an empty object. */
export const handler = async (event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> => {
  const name = event.queryStringParameters?.name ?? 'world';
  return {
    statusCode: 200,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ message: `${process.env.GREETING ?? 'Hello'}, ${name}!` }),
  };
};
