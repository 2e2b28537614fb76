export { en } from './text/en.ts';
export { ko } from './text/ko.ts';

/** Every sentence that this lab can say, in one language. */
export type Text = typeof import('./text/en.ts').en;
