import type * as sdk from '@aws-sdk/client-scheduler';
import type { Operations } from '../../service/operations.ts';

/** The SDK client whose wire this service speaks. */
export type Scheduler = typeof sdk;
export type SchedulerOperations = Operations<Scheduler>;
