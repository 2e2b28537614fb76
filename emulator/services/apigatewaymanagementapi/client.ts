import type * as sdk from '@aws-sdk/client-apigatewaymanagementapi';
import type { Operations } from '../../service/operations.ts';

/** The SDK client whose wire this service speaks. */
export type ManagementApi = typeof sdk;
export type ManagementOperations = Operations<ManagementApi>;
