import type { Json } from '../../../../state/state.ts';
import type { Properties } from '../resource-type.ts';
import { upperFirst, type Letters } from '../translate/letters.ts';
import { shaped } from '../translate/shaped.ts';

/** What an operation answers as properties. Times, which no property is, come out empty. */
export const shown = (answer: object, letters?: Letters): Properties =>
  shaped(upperFirst(answer as Json, letters));
