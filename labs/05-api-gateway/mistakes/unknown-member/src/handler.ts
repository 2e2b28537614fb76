import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';

/** One function behind two methods of the API. The event says which of them was called. */
export const handler = async (event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> => {
  switch (`${event.httpMethod} ${event.resource}`) {
    case 'GET /hello':
      return hello(event);
    case 'POST /echo':
      return echo(event);
    default:
      return json(404, { message: 'Nothing here.' });
  }
};

/** `GET /hello?name=Ada`. Where the query is empty, API Gateway sends null and not an empty object. */
function hello({ queryStringParameters }: APIGatewayProxyEvent): APIGatewayProxyResult {
  return json(200, { message: `Hello, ${queryStringParameters?.name ?? 'world'}!` });
}

/** `POST /echo?tag=a&tag=b`: what came, as it came. A body in base64 stays so, and the gateway decodes it. */
function echo(event: APIGatewayProxyEvent): APIGatewayProxyResult {
  const { body, isBase64Encoded, multiValueQueryStringParameters: query } = event;
  return {
    statusCode: 201,
    headers: { 'Content-Type': headerOf(event, 'content-type') ?? 'text/plain' },
    multiValueHeaders: query?.tag === undefined ? {} : { 'X-Tag': query.tag },
    body: body ?? '',
    isBase64Encoded,
  };
}

/** What API Gateway wants of a function: the body is text, so an object is encoded first. */
const json = (statusCode: number, value: object): APIGatewayProxyResult => ({
  statusCode,
  // @ts-expect-error
  cookies: [],
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(value),
});

/** Clients write the names of headers in capitals or not, and mean the same. */
const headerOf = ({ headers }: APIGatewayProxyEvent, name: string): string | undefined =>
  Object.entries(headers).find(([each]) => each.toLowerCase() === name)?.[1];
