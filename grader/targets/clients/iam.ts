import { IAMClient } from '@aws-sdk/client-iam';
import type { MadeWith } from './settings.ts';

export const make = (settings: MadeWith): IAMClient => new IAMClient(settings);
