import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { ClientSettings } from './settings.ts';

export const make = (settings: ClientSettings): CloudWatchLogsClient => new CloudWatchLogsClient(settings);
