import { proveConfiguration } from '../proof/configuration.ts';
import { lab } from './lab.ts';

/* What is left to look at on a server that asks neither for keys nor its authorizers: the authorizer itself is called. */
proveConfiguration(
  lab,
  ['keys', 'tokens', 'context', 'policy', 'cache'],
  [
    ['allows-everything', 'tokens', 'A token that another secret has signed is let in'],
    ['policy-for-one-method', 'cache', 'The gateway has kept the policy of the first request'],
    ['reader-may-publish', 'policy', 'The policy allows more than the role may do'],
    ['key-not-required', 'keys', 'does not ask for an API key'],
  ],
);
