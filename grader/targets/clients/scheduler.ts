import { SchedulerClient } from '@aws-sdk/client-scheduler';
import type { ClientSettings } from './settings.ts';

export const make = (settings: ClientSettings): SchedulerClient => new SchedulerClient(settings);
