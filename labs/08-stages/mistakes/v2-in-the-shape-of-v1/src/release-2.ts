import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';

/*
 * The second release. Foreign customers have come, so a total needs its currency. That changes the shape of the
 * answer and would break every client of /v1: the new shape has a path of its own, and the old one stays.
 */
export const handler = async (
  event: APIGatewayProxyEvent,
  context: Context,
): Promise<APIGatewayProxyResult> => {
  switch (event.resource) {
    case '/release':
      return json(200, releaseOf(event, context));
    case '/v1/quote': {
      const { item, amount } = quote(event);
      return json(200, { item, total: amount });
    }
    case '/v2/quote': {
      const { item, amount } = quote(event);
      return json(200, { item, total: amount });
    }
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

/** `?item=tea&price=1200&count=3`: one calculation, whichever shape its result gets. */
function quote({ queryStringParameters }: APIGatewayProxyEvent) {
  const { item = '', price, count } = queryStringParameters ?? {};
  return { item, amount: Number(price) * Number(count) };
}

const json = (statusCode: number, value: object): APIGatewayProxyResult => ({
  statusCode,
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(value),
});
