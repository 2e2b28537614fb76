import { SNSClient } from '@aws-sdk/client-sns';
import type { MadeWith } from './settings.ts';

export const make = (settings: MadeWith): SNSClient => new SNSClient(settings);
