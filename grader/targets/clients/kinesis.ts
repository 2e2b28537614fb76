import { KinesisClient } from '@aws-sdk/client-kinesis';
import type { ClientSettings } from './settings.ts';

export const make = (settings: ClientSettings): KinesisClient => new KinesisClient(settings);
