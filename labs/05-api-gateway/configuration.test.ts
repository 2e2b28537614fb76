import { proveConfiguration } from '../proof/configuration.ts';
import { lab } from './lab.ts';

/* What is left to look at on a server whose deployments are no snapshots, and whose mocks need no templates. */
proveConfiguration(
  lab,
  ['deployed', 'health'],
  [
    ['forgotten-deployment', 'deployed', 'The stage `dev` does not know `GET /health`'],
    ['mock-without-status', 'health', 'has no request template with a status'],
    ['mock-without-response-template', 'health', 'has no response template'],
  ],
);
