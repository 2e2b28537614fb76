import type { Language } from '../../grader/api.ts';
import { html } from './html.ts';
import { layout } from './layout.ts';
import { pageTexts } from './text.ts';

/** For an address that is nobody's. */
export function missingPage(language: Language): string {
  const text = pageTexts[language];
  return layout({
    language,
    title: text.missing,
    path: '',
    body: html`<div class="list">
      <h1>${text.missing}</h1>
      <p><a href="/${language}/">${text.missingNext}</a></p>
    </div>`,
  });
}
