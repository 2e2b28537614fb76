import { LambdaClient } from '@aws-sdk/client-lambda';
import type { MadeWith } from './settings.ts';

export const make = (settings: MadeWith): LambdaClient => new LambdaClient(settings);
