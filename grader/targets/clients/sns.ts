import { SNSClient } from '@aws-sdk/client-sns';
import type { ClientSettings } from './settings.ts';

export const make = (settings: ClientSettings): SNSClient => new SNSClient(settings);
