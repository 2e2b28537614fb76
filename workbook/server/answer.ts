import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { AnyLab, Language } from '../../grader/api.ts';
import { loadMeasurement } from '../../grader/measurement/store.ts';
import { labs } from '../../labs/index.ts';
import { projectRoot } from '../../tooling/root.ts';
import { renderGuide } from '../guide/render.ts';
import { measurementSection } from '../measurement/section.ts';
import { guidePage } from '../pages/guide-page.ts';
import { labsPage } from '../pages/labs-page.ts';
import { missingPage } from '../pages/missing-page.ts';
import { pageTexts } from '../pages/text.ts';
import { labFolder, progressOf } from '../progress/progress.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};

/**
 * Answers a GET for an address of the workbook.
 * @param url the path and query as sent
 * @param preferred the browser's `Accept-Language`, which decides the language of `/`
 */
export async function answer(url: string, preferred: string | undefined, work: string): Promise<Answer> {
  const { pathname } = new URL(url, 'http://localhost');
  if (pathname === '/') {
    const language = /^\s*ko\b/i.test(preferred ?? '') ? 'ko' : 'en';
    return { status: 302, headers: { location: `/${language}/`, vary: 'accept-language' }, body: '' };
  }
  const elsewhere = otherForm(pathname);
  if (elsewhere !== undefined) return { status: 302, headers: { location: elsewhere }, body: '' };
  const asset = /^\/assets\/([a-z-]+\.(?:css|js|svg))$/.exec(pathname)?.[1];
  if (asset !== undefined) return file(join(projectRoot(), 'workbook', 'assets', asset));

  const [, language, rest] = /^\/(en|ko)\/(.*)$/.exec(pathname) ?? [];
  if (!isLanguage(language) || rest === undefined) return missing('en');
  if (rest === '') {
    return page(
      labsPage(
        language,
        labs.map((lab) => ({ lab, progress: progressOf(lab, work) })),
      ),
    );
  }
  const [, number, picture] = /^labs\/(\d{1,2})(?:\/([a-z0-9.-]+\.(?:svg|png)))?$/.exec(rest) ?? [];
  const lab = labs.find((each) => String(each.number) === number);
  if (lab === undefined) return missing(language);
  const folder = join(projectRoot(), 'labs', labFolder(lab));
  if (picture !== undefined) return file(join(folder, picture));
  return page(await guide(language, lab, folder, work));
}

/** Where the page is that somebody means who typed an address by hand: without its last slash, or with one more. */
function otherForm(pathname: string): string | undefined {
  const [, language] = /^\/(en|ko)(?:\/labs\/?)?$/.exec(pathname) ?? [];
  if (language !== undefined) return `/${language}/`;
  return /^(\/(?:en|ko)\/labs\/\d{1,2})\/$/.exec(pathname)?.[1];
}

const isLanguage = (said: string | undefined): said is Language => said === 'en' || said === 'ko';

const page = (body: string, status = 200): Answer => ({
  status,
  headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
  body,
});

const missing = (language: Language): Answer => page(missingPage(language), 404);

async function file(path: string): Promise<Answer> {
  if (!existsSync(path)) return missing('en');
  return {
    status: 200,
    headers: {
      'content-type': types[extname(path)] ?? 'application/octet-stream',
      'cache-control': 'no-cache',
    },
    body: await readFile(path),
  };
}

async function guide(language: Language, lab: AnyLab, folder: string, work: string): Promise<string> {
  const markdown = await readFile(join(folder, language === 'ko' ? 'guide.ko.md' : 'guide.md'), 'utf8');
  const { copy, tabs } = pageTexts[language];
  const rendered = await renderGuide(markdown, {
    base: `/${language}/labs/${String(lab.number)}/`,
    words: { copy, tabs },
  });
  const figures =
    lab.in(language).measure === undefined
      ? undefined
      : measurementSection(language, lab.number, loadMeasurement(join(work, labFolder(lab))));
  return guidePage(language, lab, rendered, progressOf(lab, work), figures);
}
