import { proveConfiguration } from '../proof/configuration.ts';
import { lab } from './lab.ts';

/* What is left to look at on a server that asks no role and hides no level. */
proveConfiguration(lab, ['found'], [['role-cannot-log', 'found', 'may not write to the log group']]);
