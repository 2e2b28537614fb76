import { IAMClient } from '@aws-sdk/client-iam';
import type { ClientSettings } from './settings.ts';

export const make = (settings: ClientSettings): IAMClient => new IAMClient(settings);
