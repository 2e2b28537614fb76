import { proveConfiguration } from '../proof/configuration.ts';
import { lab } from './lab.ts';

/* What is left to look at on a server that lets functions do what their role does not allow. */
proveConfiguration(
  lab,
  ['todos', 'inbox'],
  [
    ['read-only-policy', 'todos', 'No role of the stack allows the function to write into the table'],
    ['cannot-read', 'inbox', 'No role of the stack allows the function to read pictures'],
  ],
);
