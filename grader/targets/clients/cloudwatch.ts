import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { ClientSettings } from './settings.ts';

export const make = (settings: ClientSettings): CloudWatchClient => new CloudWatchClient(settings);
