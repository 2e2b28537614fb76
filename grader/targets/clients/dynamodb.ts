import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { MadeWith } from './settings.ts';

export const make = (settings: MadeWith): DynamoDBClient => new DynamoDBClient(settings);
