import type { Language } from '../../grader/api.ts';

/** The language of a run: the flag, then `COLDSTART_LANG`, then the locale of the system. */
export function languageOf(flag: string | undefined, env: NodeJS.ProcessEnv): Language {
  const said = flag ?? env.COLDSTART_LANG;
  if (said !== undefined && said !== '') return said.toLowerCase().startsWith('ko') ? 'ko' : 'en';
  const locale = env.LC_ALL ?? env.LC_MESSAGES ?? env.LANG ?? Intl.DateTimeFormat().resolvedOptions().locale;
  return /^ko/i.test(locale) ? 'ko' : 'en';
}
