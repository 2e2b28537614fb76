import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';

/*
 * The second release. Foreign customers have come, so a total needs its currency: `GET /v2/quote` answers
 * { "item": "tea", "total": { "amount": 3600, "currency": "KRW" } }.
 *
 * Gap 2: this is still the code of the first release. Whoever uses /v1 must notice nothing.
 */
export const handler = async (
  event: APIGatewayProxyEvent,
  context: Context,
): Promise<APIGatewayProxyResult> => {
  switch (event.resource) {
    case '/release':
      return json(200, releaseOf(event, context));
    case '/v1/quote':
      return json(200, quote(event));
    default:
      return json(404, { message: 'Nothing here.' });
  }
};

/** Who answers: the stage that was asked, the alias that its variable names, and the version behind the alias. */
const releaseOf = ({ requestContext }: APIGatewayProxyEvent, context: Context) => ({
  stage: requestContext.stage,
  // arn:aws:lambda:<region>:<account>:function:<name>:<alias>
  alias: context.invokedFunctionArn.split(':')[7],
  version: context.functionVersion,
});

/** `GET /v1/quote?item=tea&price=1200&count=3`: what it costs, in KRW. */
function quote({ queryStringParameters }: APIGatewayProxyEvent) {
  const { item = '', price, count } = queryStringParameters ?? {};
  return { item, total: Number(price) * Number(count) };
}

const json = (statusCode: number, value: object): APIGatewayProxyResult => ({
  statusCode,
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(value),
});
