import { en } from './text/en.ts';
import { ko } from './text/ko.ts';

/** Every sentence that this lab can say, in one language. */
export type Text = typeof en;
export { en, ko };
