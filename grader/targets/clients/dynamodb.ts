import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { ClientSettings } from './settings.ts';

export const make = (settings: ClientSettings): DynamoDBClient => new DynamoDBClient(settings);
