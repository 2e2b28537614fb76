import type { GatewayResponseType } from '@aws-sdk/client-api-gateway';

/** What AWS answers for a type that nobody customised. */
export interface GatewayResponseDefault {
  /** The two fallbacks have none: the failure keeps its own. */
  readonly status: number | undefined;
  /** `x-amzn-ErrorType` */
  readonly errorType: string;
  /** What the gateway says where a failure says nothing of its own; `null` is `{"message":null}`. */
  readonly message: string | null;
  /** Which type's customisation counts where this one has none. */
  readonly fallback: 'DEFAULT_4XX' | 'DEFAULT_5XX' | undefined;
}

const client = (status: number, errorType: string, message: string | null): GatewayResponseDefault => ({
  status,
  errorType,
  message,
  fallback: 'DEFAULT_4XX',
});
const gateway = (status: number, errorType: string, message: string | null): GatewayResponseDefault => ({
  status,
  errorType,
  message,
  fallback: 'DEFAULT_5XX',
});

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html */
export const GATEWAY_RESPONSES: Readonly<Record<GatewayResponseType, GatewayResponseDefault>> = {
  ACCESS_DENIED: client(403, 'AccessDeniedException', 'User is not authorized to access this resource'),
  API_CONFIGURATION_ERROR: gateway(500, 'InternalServerErrorException', 'Internal server error'),
  AUTHORIZER_CONFIGURATION_ERROR: gateway(500, 'AuthorizerConfigurationException', null),
  AUTHORIZER_FAILURE: gateway(500, 'AuthorizerConfigurationException', null),
  BAD_REQUEST_BODY: client(400, 'BadRequestException', 'Invalid request body'),
  BAD_REQUEST_PARAMETERS: client(400, 'BadRequestException', 'Missing required request parameters'),
  DEFAULT_4XX: {
    status: undefined,
    errorType: 'BadRequestException',
    message: 'Bad Request',
    fallback: undefined,
  },
  DEFAULT_5XX: {
    status: undefined,
    errorType: 'InternalServerErrorException',
    message: 'Internal server error',
    fallback: undefined,
  },
  EXPIRED_TOKEN: client(
    403,
    'ExpiredTokenException',
    'The security token included in the request is expired',
  ),
  INTEGRATION_FAILURE: gateway(504, 'InternalServerErrorException', 'Internal server error'),
  INTEGRATION_TIMEOUT: gateway(504, 'InternalServerErrorException', 'Endpoint request timed out'),
  INVALID_API_KEY: client(403, 'ForbiddenException', 'Forbidden'),
  INVALID_SIGNATURE: client(
    403,
    'InvalidSignatureException',
    'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
  ),
  MISSING_AUTHENTICATION_TOKEN: client(
    403,
    'MissingAuthenticationTokenException',
    'Missing Authentication Token',
  ),
  QUOTA_EXCEEDED: client(429, 'LimitExceededException', 'Limit Exceeded'),
  REQUEST_TOO_LARGE: client(413, 'RequestTooLargeException', 'HTTP content length exceeded 10485760 bytes'),
  RESOURCE_NOT_FOUND: client(404, 'NotFoundException', 'Not Found'),
  THROTTLED: client(429, 'TooManyRequestsException', 'Too Many Requests'),
  UNAUTHORIZED: client(401, 'UnauthorizedException', 'Unauthorized'),
  UNSUPPORTED_MEDIA_TYPE: client(415, 'BadRequestException', 'Unsupported Media Type'),
  WAF_FILTERED: client(403, 'ForbiddenException', 'Forbidden'),
};

export const GATEWAY_RESPONSE_TYPES = Object.keys(GATEWAY_RESPONSES) as readonly GatewayResponseType[];

/** The template that AWS shows for a type that nobody customised. */
export const DEFAULT_TEMPLATES: Readonly<Record<string, string>> = {
  'application/json': '{"message":$context.error.messageString}',
};
