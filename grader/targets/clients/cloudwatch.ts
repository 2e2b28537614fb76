import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { MadeWith } from './settings.ts';

export const make = (settings: MadeWith): CloudWatchClient => new CloudWatchClient(settings);
