import { SQSClient } from '@aws-sdk/client-sqs';
import type { ClientSettings } from './settings.ts';

export const make = (settings: ClientSettings): SQSClient => new SQSClient(settings);
