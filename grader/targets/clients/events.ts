import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { ClientSettings } from './settings.ts';

export const make = (settings: ClientSettings): EventBridgeClient => new EventBridgeClient(settings);
