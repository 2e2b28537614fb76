import { SchedulerClient } from '@aws-sdk/client-scheduler';
import type { MadeWith } from './settings.ts';

export const make = (settings: MadeWith): SchedulerClient => new SchedulerClient(settings);
