import { proveConfiguration } from '../proof/configuration.ts';
import { lab } from './lab.ts';

/* What is left to look at on a server that does not validate requests and words its refusals itself. */
proveConfiguration(
  lab,
  ['deployed', 'ids', 'preflight', 'model', 'parameter', 'errors'],
  [
    ['forgotten-deployment', 'deployed', 'The stage shows a snapshot that is older'],
    ['preflight-without-status', 'preflight', 'has no request template with a status'],
    ['validation-in-the-function-only', 'model', '`POST /books` has no model'],
    ['parameter-in-the-function', 'parameter', 'does not say that `q` is required'],
    ['required-without-validator', 'parameter', 'has no validator that looks at parameters'],
  ],
);
