import { LambdaClient } from '@aws-sdk/client-lambda';
import type { ClientSettings } from './settings.ts';

export const make = (settings: ClientSettings): LambdaClient => new LambdaClient(settings);
