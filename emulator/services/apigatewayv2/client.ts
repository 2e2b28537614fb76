import type * as sdk from '@aws-sdk/client-apigatewayv2';
import type { Operations } from '../../service/operations.ts';

/** The SDK client whose wire this service speaks. */
export type ApiGatewayV2 = typeof sdk;
export type ApiGatewayV2Operations = Operations<ApiGatewayV2>;
