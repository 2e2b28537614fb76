import { Marked, type Tokens } from 'marked';
import sanitize from 'sanitize-html';
import { highlight } from './highlight.ts';

/** A heading of a guide, for the list of its parts. */
export interface GuideHeading {
  readonly id: string;
  readonly text: string;
}
export interface RenderedGuide {
  readonly title: string;
  readonly html: string;
  readonly headings: readonly GuideHeading[];
}

export interface RenderOptions {
  /** Prefix of addresses that a guide writes relative to itself (pictures). Ends in `/`. */
  readonly base: string;
  readonly words: { readonly copy: string; readonly tabs: string };
}

/** Where `<!-- measurement -->` stands in a guide: the page puts the student's own figures there. */
export const measurementPlace = '<div data-place="measurement"></div>';

/** An address part from a heading: letters and digits of any script, joined by `-`. */
export function slugOf(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFC')
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-|-$/g, '');
}

const escapeHtml = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/**
 * A guide's Markdown as HTML. Blocks between `<!-- tabs -->` and `<!-- /tabs -->` become tabs, one for each `###`
 * heading; everything is sanitised, so that a guide can hold no script.
 */
export async function renderGuide(markdown: string, options: RenderOptions): Promise<RenderedGuide> {
  const headings: GuideHeading[] = [];
  let title = '';
  let groups = 0;
  /** The heading that what follows stands under, as plain text. */
  let under = '';
  const used = new Map<string, number>();
  const idFor = (text: string) => {
    const slug = slugOf(text) || 'part';
    const count = used.get(slug) ?? 0;
    used.set(slug, count + 1);
    return count === 0 ? slug : `${slug}-${String(count + 1)}`;
  };

  const marked = new Marked({
    async: true,
    gfm: true,
    renderer: {
      heading({ tokens, depth }: Tokens.Heading) {
        const html = this.parser.parseInline(tokens);
        const text = html.replaceAll(/<[^>]*>/g, '');
        under = text;
        if (depth === 1) {
          title = text;
          return `<h1>${html}</h1>\n`;
        }
        const id = idFor(text);
        if (depth === 2) headings.push({ id, text });
        return `<h${String(depth)} id="${id}"><a class="anchor" href="#${id}">${html}</a></h${String(depth)}>\n`;
      },
      image({ href, text }: Tokens.Image) {
        // On a phone a picture keeps a size at which its words can be read, and scrolls in itself, by keyboard too.
        const alt = escapeHtml(text);
        return `<span class="figure" tabindex="0" role="group" aria-label="${escapeHtml(under)}"><img src="${escapeHtml(href)}" alt="${alt}"></span>`;
      },
      table(token: Tokens.Table) {
        const cell = (of: Tokens.TableCell, tag: 'th' | 'td') =>
          `<${tag}${tag === 'th' ? ' scope="col"' : ''}>${this.parser.parseInline(of.tokens)}</${tag}>`;
        const rows = token.rows.map((cells) => `<tr>${cells.map((each) => cell(each, 'td')).join('')}</tr>`);
        // Markdown asks for a header row; one without words heads nothing.
        const header = token.header.every((each) => each.text === '')
          ? ''
          : `<thead><tr>${token.header.map((each) => cell(each, each.text === '' ? 'td' : 'th')).join('')}</tr></thead>`;
        // A wide table scrolls in itself, by keyboard too, and never widens the page of a phone.
        return `<div class="table" tabindex="0" role="group" aria-label="${escapeHtml(under)}"><table>${header}<tbody>${rows.join('')}</tbody></table></div>\n`;
      },
    },
    async walkTokens(token) {
      if (token.type !== 'code') return;
      const code = token as Tokens.Code;
      const language = (code.lang ?? '').split(/\s/)[0] ?? '';
      const shown = await highlight(code.text, language);
      const copy =
        language === 'sh' || language === 'powershell'
          ? `<button class="copy" type="button" data-copy="${escapeHtml(code.text)}">${escapeHtml(options.words.copy)}</button>`
          : '';
      Object.assign(code, {
        type: 'html',
        block: true,
        pre: false,
        text: `<div class="code" data-language="${escapeHtml(language)}">${shown}${copy}</div>\n`,
      });
    },
  });

  const tabs = (content: string): string => {
    const parts = content.split(/^###\s+(.+)$/m);
    groups += 1;
    const group = `tabs-${String(groups)}`;
    const names = parts.filter((_, index) => index % 2 === 1).map((name) => name.trim());
    const buttons = names
      .map((name, index) => {
        const id = `${group}-${String(index)}`;
        const chosen = index === 0;
        return `<button type="button" role="tab" id="${id}" aria-controls="${id}-panel" aria-selected="${String(chosen)}" tabindex="${chosen ? '0' : '-1'}" data-choice="${escapeHtml(slugOf(name))}">${escapeHtml(name)}</button>`;
      })
      .join('');
    const panels = names
      .map((name, index) => {
        const id = `${group}-${String(index)}`;
        const body = (parts[index * 2 + 2] ?? '').trim();
        // Without the script every panel is shown, each under its own name.
        return `<div role="tabpanel" id="${id}-panel" aria-labelledby="${id}" tabindex="0"><p class="tab-name">${escapeHtml(name)}</p>\n\n${body}\n\n</div>`;
      })
      .join('\n\n');
    return `<div class="tabs"><div role="tablist" aria-label="${escapeHtml(options.words.tabs)}">${buttons}</div>\n\n${panels}\n\n</div>`;
  };

  const prepared = markdown
    .replaceAll(/<!-- tabs -->([\s\S]*?)<!-- \/tabs -->/g, (_, content: string) => tabs(content))
    .replaceAll('<!-- measurement -->', measurementPlace);
  const dirty = await marked.parse(prepared);
  return { title, headings, html: clean(dirty, options.base) };
}

function clean(html: string, base: string): string {
  return sanitize(html, {
    allowedTags: [
      ...[
        'h1',
        'h2',
        'h3',
        'h4',
        'p',
        'a',
        'ul',
        'ol',
        'li',
        'strong',
        'em',
        'code',
        'pre',
        'span',
        'div',
        'blockquote',
      ],
      ...[
        'table',
        'thead',
        'tbody',
        'tr',
        'th',
        'td',
        'img',
        'hr',
        'br',
        'button',
        'kbd',
        'details',
        'summary',
        'del',
      ],
      ...['figure', 'figcaption'],
    ],
    allowedAttributes: {
      '*': ['id', 'class', 'role', 'tabindex', 'aria-*', 'data-*'],
      a: ['href', 'title'],
      img: ['src', 'alt', 'width', 'height'],
      th: ['scope'],
      button: ['type'],
      pre: ['style'],
      span: ['style'],
    },
    allowedStyles: { '*': { '--shiki-light': [/^#[0-9a-f]{3,8}$/i], '--shiki-dark': [/^#[0-9a-f]{3,8}$/i] } },
    allowedSchemes: ['https', 'http', 'mailto'],
    transformTags: {
      img: (tag, attributes) => ({
        tagName: tag,
        attribs: {
          ...attributes,
          src: /^(?:[a-z]+:|\/)/i.test(attributes.src ?? '')
            ? (attributes.src ?? '')
            : `${base}${(attributes.src ?? '').replace(/^\.\//, '')}`,
        },
      }),
    },
  });
}
