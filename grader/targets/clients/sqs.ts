import { SQSClient } from '@aws-sdk/client-sqs';
import type { MadeWith } from './settings.ts';

export const make = (settings: MadeWith): SQSClient => new SQSClient(settings);
