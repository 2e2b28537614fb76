/*
 * Another right way to the same API: one OpenAPI document that is imported. It takes the place of the solution's
 * calls that build the API piece by piece.
 */

const from = "const toCreate = await putModel(api, 'NewBook', newBook);";
const to = 'await deployTo(api, stage);';

/** The solution's deployment with an import in it. */
export function importing(deployment: string): string {
  const [head = '', rest = ''] = deployment.split(from);
  const [, tail = ''] = rest.split(to);
  const imports = "import { APIGatewayClient, PutRestApiCommand } from '@aws-sdk/client-api-gateway';\n";
  return `${imports}${head}${building}${to}${tail}`;
}

const building = `
const proxy = {
  type: 'aws_proxy',
  httpMethod: 'POST',
  uri: \`arn:aws:apigateway:\${functionArn.split(':')[3]}:lambda:path/2015-03-31/functions/\${functionArn}/invocations\`,
};
const body = (name: string) => ({ required: true, content: { 'application/json': { schema: { $ref: '#/components/schemas/' + name } } } });
const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };
const method = (more: object = {}) => ({ responses: {}, 'x-amazon-apigateway-integration': proxy, ...more });
const asked = (methods: string) => {
  const values = {
    'Access-Control-Allow-Origin': origin,
    'Access-Control-Allow-Methods': methods,
    'Access-Control-Allow-Headers': 'content-type, x-client',
    'Access-Control-Max-Age': '600',
  };
  return {
    responses: { 204: { description: 'yes', headers: Object.fromEntries(Object.keys(values).map((name) => [name, { schema: { type: 'string' } }])) } },
    'x-amazon-apigateway-integration': {
      type: 'mock',
      requestTemplates: { 'application/json': '{"statusCode": 204}' },
      responses: {
        default: {
          statusCode: '204',
          responseParameters: Object.fromEntries(
            Object.entries(values).map(([name, value]) => ['method.response.header.' + name, "'" + value + "'"]),
          ),
        },
      },
    },
  };
};
const refusing = {
  responseTemplates: { 'application/json': '{"error": "REFUSED_$context.error.responseType", "message": "$context.error.message"}' },
  responseParameters: { 'gatewayresponse.header.Access-Control-Allow-Origin': "'" + origin + "'" },
};
const definition = {
  openapi: '3.0.1',
  info: { title: name, version: '1' },
  components: { schemas: { newBook, wholeBook, change } },
  'x-amazon-apigateway-request-validators': { everything: { validateRequestBody: true, validateRequestParameters: true } },
  'x-amazon-apigateway-request-validator': 'everything',
  'x-amazon-apigateway-gateway-responses': { DEFAULT_4XX: refusing, BAD_REQUEST_BODY: { ...refusing, statusCode: 400 } },
  paths: {
    '/books': { get: method(), post: method({ requestBody: body('newBook') }), options: asked('GET,POST') },
    '/books/search': { get: method({ parameters: [{ name: 'q', in: 'query', required: true, schema: { type: 'string' } }] }) },
    '/books/{id}': {
      parameters: [id],
      get: method(),
      put: method({ requestBody: body('wholeBook') }),
      patch: method({ requestBody: body('change') }),
      delete: method(),
      options: asked('*'),
    },
    '/{proxy+}': {
      'x-amazon-apigateway-any-method': method({ parameters: [{ ...id, name: 'proxy' }] }),
    },
  },
};
await new APIGatewayClient({}).send(
  new PutRestApiCommand({ restApiId: api.id, mode: 'overwrite', body: new TextEncoder().encode(JSON.stringify(definition)) }),
);

`;
