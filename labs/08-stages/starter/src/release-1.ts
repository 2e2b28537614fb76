import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';

/*
 * The first release of the shop, as it was published. It is history: whoever changes it changes nothing, because a
 * published version keeps its code. What comes next stands in release-2.ts.
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
