import type * as sdk from '@aws-sdk/client-api-gateway';
import type { Operations } from '../../service/operations.ts';

/** The SDK client whose wire this service speaks. */
export type ApiGateway = typeof sdk;
export type ApiGatewayOperations = Operations<ApiGateway>;
