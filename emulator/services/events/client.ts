import type * as sdk from '@aws-sdk/client-eventbridge';
import type { Operations } from '../../service/operations.ts';

/** The SDK client whose wire this service speaks. */
export type EventBridge = typeof sdk;
export type EventBridgeOperations = Operations<EventBridge>;
