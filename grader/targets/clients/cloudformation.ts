import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import type { MadeWith } from './settings.ts';

export const make = (settings: MadeWith): CloudFormationClient => new CloudFormationClient(settings);
