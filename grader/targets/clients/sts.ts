import { STSClient } from '@aws-sdk/client-sts';
import type { MadeWith } from './settings.ts';

export const make = (settings: MadeWith): STSClient => new STSClient(settings);
