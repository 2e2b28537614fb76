import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import type { ClientSettings } from './settings.ts';

export const make = (settings: ClientSettings): CloudFormationClient => new CloudFormationClient(settings);
