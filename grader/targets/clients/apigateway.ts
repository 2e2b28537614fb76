import { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import type { MadeWith } from './settings.ts';

export const make = (settings: MadeWith): APIGatewayClient => new APIGatewayClient(settings);
