import { KinesisClient } from '@aws-sdk/client-kinesis';
import type { MadeWith } from './settings.ts';

export const make = (settings: MadeWith): KinesisClient => new KinesisClient(settings);
