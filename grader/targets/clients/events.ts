import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { MadeWith } from './settings.ts';

export const make = (settings: MadeWith): EventBridgeClient => new EventBridgeClient(settings);
