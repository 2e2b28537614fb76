import type * as sdk from '@aws-sdk/client-ssm';
import type { Operations } from '../../service/operations.ts';

/** The SDK client whose wire this service speaks. */
export type Ssm = typeof sdk;
export type SsmOperations = Operations<Ssm>;
