import { proveConfiguration } from '../proof/configuration.ts';
import { lab } from './lab.ts';

/* What is left to look at on a server whose deployments are no snapshots and whose URIs take no variables. */
proveConfiguration(
  lab,
  ['alias', 'promotion', 'rollback', 'apart', 'draft', 'changelog'],
  [
    ['old-deployment-deleted', 'rollback', 'No deployment is left'],
    ['notice-before-the-release', 'apart', 'The deployment that `prod` shows has `GET /notice`'],
    ['draft-deployed', 'draft', 'The deployment that `dev` shows has `GET /draft`'],
    ['no-way-back-tried', 'changelog', 'has no way back on `prod`'],
  ],
);
