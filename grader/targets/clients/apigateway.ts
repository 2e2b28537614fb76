import { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import type { ClientSettings } from './settings.ts';

export const make = (settings: ClientSettings): APIGatewayClient => new APIGatewayClient(settings);
