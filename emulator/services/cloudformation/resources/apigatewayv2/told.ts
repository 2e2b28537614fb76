import type { Json } from '../../../../state/state.ts';
import type { Properties } from '../resource-type.ts';
import { shaped } from '../translate/shaped.ts';

/** What an operation answers as properties: they are called the same. Times, which no property is, are no JSON. */
export const told = (answer: object): Properties => shaped(answer as Json);
