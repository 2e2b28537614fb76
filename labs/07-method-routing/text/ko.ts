import { en } from './en.ts';

export const ko: typeof en = en;
