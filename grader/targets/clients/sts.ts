import { STSClient } from '@aws-sdk/client-sts';
import type { ClientSettings } from './settings.ts';

export const make = (settings: ClientSettings): STSClient => new STSClient(settings);
