import { behaviour } from './behaviour.en.ts';
import { deployment } from './deployment.en.ts';

export const en = {
  title: 'First handler',

  goal: 'Bundle a TypeScript handler, give it a role and a configuration, call it, and read what it says.',

  cost: 'Nothing on the embedded cloud. On an AWS account: well under one cent, inside the free allowance of most accounts.',

  evidence: {
    event: 'event',
    answer: 'answer',
    log: 'log of this call',
    files: 'files in the package',
    policy: (name: string) => `policy ${name}`,
    trust: 'trust policy',
    configuration: 'GetFunctionConfiguration',
    variables: 'environment variables of the copy',
  },

  is: {
    text: 'text',
    number: 'a number',
    array: 'a list',
    nothing: 'missing',
    boolean: 'true or false',
    object: 'an object',
  },

  /** How a list of things is written. */
  locale: 'en-GB',

  anyone: 'everybody (`*`)',

  ...deployment,
  ...behaviour,
};
