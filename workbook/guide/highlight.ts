import type { HighlighterCore } from 'shiki/core';

const escapeHtml = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

let loading: Promise<HighlighterCore> | undefined;

/** Loaded at the first guide that is read: an idle cloud does not carry it. */
async function load(): Promise<HighlighterCore> {
  const [{ createHighlighterCore }, { createJavaScriptRegexEngine }] = await Promise.all([
    import('shiki/core'),
    import('shiki/engine/javascript'),
  ]);
  return createHighlighterCore({
    themes: [
      import('shiki/themes/github-light-high-contrast.mjs'),
      import('shiki/themes/github-dark-high-contrast.mjs'),
    ],
    langs: [
      import('shiki/langs/typescript.mjs'),
      import('shiki/langs/json.mjs'),
      import('shiki/langs/shellscript.mjs'),
      import('shiki/langs/powershell.mjs'),
      import('shiki/langs/yaml.mjs'),
    ],
    engine: createJavaScriptRegexEngine(),
  });
}

const known: Readonly<Record<string, string>> = {
  ts: 'typescript',
  typescript: 'typescript',
  js: 'typescript',
  json: 'json',
  sh: 'shellscript',
  powershell: 'powershell',
  yaml: 'yaml',
};

/** Code as HTML with colours for light and dark; a language that is not known is shown plain. */
export async function highlight(code: string, language: string): Promise<string> {
  const lang = known[language];
  if (lang === undefined) return `<pre class="shiki" tabindex="0"><code>${escapeHtml(code)}</code></pre>`;
  const highlighter = await (loading ??= load());
  return highlighter.codeToHtml(code, {
    lang,
    themes: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
    defaultColor: false,
  });
}
