import { proveConfiguration } from '../proof/configuration.ts';
import { lab } from './lab.ts';

/* What is left to look at on a server that asks neither for keys nor its authorizers: the functions themselves are called. */
proveConfiguration(
  lab,
  ['plan', 'keys', 'throttle', 'identity', 'tokens', 'context', 'policy', 'cache'],
  [
    ['allows-everything', 'tokens', 'A token that another secret has signed is let in'],
    ['policy-for-one-method', 'cache', 'The gateway has kept the policy of the first request'],
    ['reader-may-publish', 'policy', 'The policy allows more than the role may do'],
    ['disabled-key', 'plan', 'is not enabled'],
    ['wider-for-one-method', 'throttle', 'has a limit of its own for `GET /reports`'],
    ['key-as-identity', 'identity', 'names a caller who has not shown who they are'],
    ['key-in-the-answer', 'identity', 'shows the API key of the request'],
    ['key-not-required', 'keys', 'does not ask for an API key'],
  ],
);
