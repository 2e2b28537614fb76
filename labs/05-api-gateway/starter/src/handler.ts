import type { APIGatewayProxyEvent } from 'aws-lambda';

/*
 * One function behind two methods of the API. The event says which of them was called: `httpMethod` and `resource`.
 *
 * Gap 2: API Gateway answers 502 for what this returns. Find out why, and mend it.
 * Gap 3: `GET /hello?name=Ada` greets Ada; without a name it greets the world.
 * Gap 4: `POST /echo` answers 201 with the body and the content type that came.
 * Gap 5: each `tag` of the query comes back as one value of the header `X-Tag`.
 * Gap 7: a body of bytes comes back unharmed.
 */
export const handler = async (event: APIGatewayProxyEvent) => ({
  statusCode: 200,
  body: { message: 'Hello!' },
});
