/** A document in Swagger 2 with something of everything that an API can have. */
export const SWAGGER = {
  swagger: '2.0',
  info: { title: 'Shop', version: '1', description: 'A shop' },
  basePath: '/live/v1',
  consumes: ['application/json', 'application/xml'],
  paths: {
    '/orders/{id}': {
      parameters: [{ $ref: '#/parameters/Id' }],
      get: {
        operationId: 'GetOrder',
        parameters: [
          { name: 'verbose', in: 'query', type: 'string' },
          { name: 'X-Trace', in: 'header', required: true, type: 'string' },
        ],
        security: [{ mine: ['read'] }, { api_key: [] }],
        responses: {
          200: {
            description: 'ok',
            headers: { 'X-A': { type: 'string' } },
            schema: { $ref: '#/definitions/Order' },
          },
          default: { description: '?' },
        },
        'x-amazon-apigateway-request-validator': 'all',
        'x-amazon-apigateway-integration': {
          type: 'aws_proxy',
          httpMethod: 'post',
          uri: 'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:f/invocations',
          passthroughBehavior: 'never',
          timeoutInMillis: 1500,
          cacheKeyParameters: ['method.request.path.id'],
          tlsConfig: { insecureSkipVerification: true },
          responses: {
            '4\\d{2}': { statusCode: 400, responseTemplates: { 'application/json': '{}' } },
            default: { statusCode: '200' },
          },
        },
      },
      put: {
        security: [],
        parameters: [{ in: 'body', name: 'Order', schema: { $ref: '#/definitions/Order' } }],
        responses: {},
      },
      'x-amazon-apigateway-any-method': {
        security: [{ sig: [] }],
        responses: {},
        'x-amazon-apigateway-integration': { type: 'mock' },
      },
    },
    '/{proxy+}': {
      post: { parameters: [{ in: 'body', name: 'b', schema: { type: 'object' } }], responses: {} },
    },
  },
  parameters: { Id: { name: 'id', in: 'path', required: true, type: 'string' } },
  security: [{ pool: [] }],
  securityDefinitions: {
    mine: {
      type: 'apiKey',
      name: 'Authorization',
      in: 'header',
      'x-amazon-apigateway-authtype': 'custom',
      'x-amazon-apigateway-authorizer': {
        type: 'token',
        authorizerUri: 'uri',
        identityValidationExpression: '^x',
        authorizerResultTtlInSeconds: 60,
      },
    },
    pool: {
      type: 'apiKey',
      name: 'Authorization',
      in: 'header',
      'x-amazon-apigateway-authtype': 'cognito_user_pools',
      'x-amazon-apigateway-authorizer': { type: 'cognito_user_pools', providerARNs: ['arn'] },
    },
    api_key: { type: 'apiKey', name: 'x-api-key', in: 'header' },
    sig: { type: 'apiKey', name: 'Authorization', in: 'header', 'x-amazon-apigateway-authtype': 'awsSigv4' },
  },
  definitions: {
    Order: { type: 'object', properties: { item: { $ref: '#/definitions/Item' } } },
    Item: { type: 'string' },
  },
  'x-amazon-apigateway-request-validators': {
    all: { validateRequestBody: true, validateRequestParameters: true },
  },
  'x-amazon-apigateway-gateway-responses': {
    DEFAULT_4XX: { responseParameters: { 'gatewayresponse.header.X': "'1'" } },
    THROTTLED: { statusCode: 420 },
  },
  'x-amazon-apigateway-binary-media-types': ['image/png'],
  'x-amazon-apigateway-minimum-compression-size': 100,
  'x-amazon-apigateway-api-key-source': 'AUTHORIZER',
  'x-amazon-apigateway-policy': { Version: '2012-10-17', Statement: [] },
  'x-amazon-apigateway-endpoint-configuration': {
    disableExecuteApiEndpoint: true,
    vpcEndpointIds: ['vpce-1'],
  },
};
