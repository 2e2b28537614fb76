import { proveConfiguration } from '../proof/configuration.ts';
import { lab } from './lab.ts';

/* What is left to look at on a server that lets functions do what their role does not allow. */
proveConfiguration(lab, ['calls'], [['no-right-to-count', 'calls', 'may not write into the table']]);
