import type { Language } from '../../grader/api.ts';
import { html, type Markup } from './html.ts';
import { pageTexts } from './text.ts';

export interface PageOptions {
  readonly language: Language;
  readonly title: string;
  /** The same page's address after the language: `labs/1`, or empty. */
  readonly path: string;
  readonly body: Markup;
  /** Further style sheets among the assets, for what only some pages show. */
  readonly styles?: readonly string[];
}

/** The frame of every page. */
export function layout({ language, title, path, body, styles = [] }: PageOptions): string {
  const text = pageTexts[language];
  const other = language === 'en' ? 'ko' : 'en';
  return html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        <link rel="icon" href="/assets/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/assets/workbook.css" />
        ${styles.map((name) => html`<link rel="stylesheet" href="/assets/${name}" />`)}
        <link rel="alternate" hreflang="${other}" href="/${other}/${path}" />
        <script src="/assets/workbook.js" defer></script>
      </head>
      <body data-copied="${text.copied}">
        <a class="skip" href="#main">${text.skip}</a>
        <header class="top">
          <a class="home" href="/${language}/">
            <svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true">
              <path
                d="M12 2v20M4 6.5l16 11M20 6.5l-16 11"
                fill="none"
                stroke="currentColor"
                stroke-width="2"
                stroke-linecap="round"
              />
            </svg>
            ${text.name}
          </a>
          <a
            class="language"
            href="/${other}/${path}"
            hreflang="${other}"
            lang="${other}"
            title="${text.other} (L)"
            data-key="l"
            >${text.otherShort}</a
          >
        </header>
        <main id="main" tabindex="-1">${body}</main>
      </body>
    </html>`.markup;
}
