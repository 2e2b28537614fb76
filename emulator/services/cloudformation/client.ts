import type * as sdk from '@aws-sdk/client-cloudformation';
import type { Operations } from '../../service/operations.ts';

/** The SDK client whose wire this service speaks. */
export type CloudFormation = typeof sdk;
export type CloudFormationOperations = Operations<CloudFormation>;
