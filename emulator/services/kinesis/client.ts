import type * as sdk from '@aws-sdk/client-kinesis';
import type { Operations } from '../../service/operations.ts';

/** The SDK client whose wire this service speaks. */
export type Kinesis = typeof sdk;
export type KinesisOperations = Operations<Kinesis>;
