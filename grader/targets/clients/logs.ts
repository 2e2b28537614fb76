import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { MadeWith } from './settings.ts';

export const make = (settings: MadeWith): CloudWatchLogsClient => new CloudWatchLogsClient(settings);
