import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page as BrowserPage } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Measurement } from '../../grader/measurement/measurement.ts';
import { saveMeasurement } from '../../grader/measurement/store.ts';
import { labs } from '../../labs/index.ts';
import { chromiumPath, launchChromium } from '../browser/chromium.ts';
import { startPage, type Page } from './start.ts';

const work = mkdtempSync(join(realpathSync(tmpdir()), 'coldstart-page-'));
/** What a student has measured in lab 4: drawn on its page. */
const measurement: Measurement = {
  format: 'coldstart-measurement',
  version: 1,
  lab: 4,
  target: 'embedded',
  region: 'us-east-1',
  takenAt: '2026-11-23T00:00:00.000Z',
  functionName: 'lab04-lifecycle',
  runtime: 'nodejs24.x',
  memoryMB: 512,
  logGroup: '/aws/lambda/lab04-lifecycle',
  calls: [
    { requestId: '6e9a3c1e-0000-4000-8000-000000000001', initMs: 702.41, durationMs: 31.2, billedMs: 734 },
    { requestId: '6e9a3c1e-0000-4000-8000-000000000002', durationMs: 4.12, billedMs: 5 },
  ],
};
let page: Page;
beforeAll(async () => {
  saveMeasurement(join(work, '04-cold-starts'), measurement);
  page = await startPage({ port: 0, work });
});
afterAll(async () => {
  await page.stop();
  rmSync(work, { recursive: true, force: true });
});

describe('the page without a browser', () => {
  const ask = (path: string, options: { host?: string; method?: string; language?: string } = {}) =>
    new Promise<{ status: number; location: string | undefined; body: string }>((resolve, reject) => {
      const { port } = new URL(page.origin);
      const asked = request(
        {
          host: '127.0.0.1',
          port,
          path,
          method: options.method ?? 'GET',
          headers: { host: options.host ?? `localhost:${port}`, 'accept-language': options.language ?? 'en' },
        },
        (response) => {
          let body = '';
          response.setEncoding('utf8');
          response.on('data', (chunk: string) => (body += chunk));
          response.on('end', () =>
            resolve({ status: response.statusCode ?? 0, location: response.headers.location, body }),
          );
        },
      );
      asked.on('error', reject);
      asked.end();
    });

  it('opens in the language of the browser', async () => {
    expect((await ask('/')).location).toBe('/en/');
    expect((await ask('/', { language: 'ko-KR,ko;q=0.9' })).location).toBe('/ko/');
  });

  it('refuses the name of another host, so that no page elsewhere can reach it by a name of its own', async () => {
    expect((await ask('/en/', { host: 'evil.example' })).status).toBe(403);
    expect((await ask('/en/', { host: '127.0.0.1.evil.example' })).status).toBe(403);
  });

  it('is for reading', async () => {
    expect((await ask('/en/', { method: 'POST' })).status).toBe(405);
    expect((await ask('/en/', { method: 'HEAD' })).body).toBe('');
  });

  it.each([
    '/en/labs/77',
    '/de/',
    '/en/labs/1/lab.ts',
    '/en/labs/1/..%2f..%2fpackage.json',
    '/assets/../package.json',
  ])('has nothing at %s', async (path) => {
    expect((await ask(path)).status).toBe(404);
  });

  it.each([
    ['/ko', '/ko/'],
    ['/en/labs', '/en/'],
    ['/ko/labs/', '/ko/'],
    ['/ko/labs/9/', '/ko/labs/9'],
  ])('leads from %s, typed by hand, to %s', async (typed, meant) => {
    const { status, location } = await ask(typed);
    expect([status, location]).toEqual([302, meant]);
    expect((await ask(meant)).status).toBe(200);
  });

  it('says who has the port when it is taken', async () => {
    const { port } = new URL(page.origin);
    await expect(startPage({ port: Number(port), work })).rejects.toMatchObject({
      code: 'EADDRINUSE',
      message: expect.stringContaining(port) as unknown,
    });
  });
});

if (chromiumPath === undefined)
  console.warn('Skipped: no Chromium was found, so no page was looked at in a browser.');

describe.skipIf(chromiumPath === undefined)('the page in Chromium', () => {
  const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium(chromiumPath ?? '');
  });
  afterAll(async () => {
    await browser.close();
  });

  /** Opens an address, and fails on any request that leaves the page's own origin and on any script error. */
  async function open(path: string, options: Parameters<Browser['newContext']>[0] = {}) {
    const context: BrowserContext = await browser.newContext(options);
    const tab: BrowserPage = await context.newPage();
    const wrong: string[] = [];
    tab.on('request', (asked) => {
      if (!asked.url().startsWith(page.origin)) wrong.push(`request to ${asked.url()}`);
    });
    tab.on('pageerror', (error) => wrong.push(`script error: ${error.message}`));
    tab.on('console', (line) => {
      if (line.type() === 'error') wrong.push(`console: ${line.text()}`);
    });
    await tab.goto(`${page.origin}${path}`);
    return { tab, wrong, close: () => context.close() };
  }

  const sizes = { phone: { width: 360, height: 740 }, desktop: { width: 1280, height: 860 } } as const;
  const addresses = [
    '/en/',
    '/ko/',
    ...labs.flatMap(({ number }) => [`/en/labs/${String(number)}`, `/ko/labs/${String(number)}`]),
  ];
  /* What WCAG asks that a program can see. Colours are all that a dark page changes. */
  const everything = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  const contrast = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] };
  async function violations(tab: BrowserPage, runOnly: unknown): Promise<string[]> {
    return tab.evaluate(async (only) => {
      const { violations: found } = await (
        globalThis as unknown as {
          axe: {
            run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
          };
        }
      ).axe.run({ runOnly: only });
      return found.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`);
    }, runOnly);
  }

  it.each(addresses)(
    '%s: accessible in light and dark, nothing cut off on a phone or a desktop',
    async (path) => {
      const { tab, wrong, close } = await open(path, { bypassCSP: true, colorScheme: 'light' });
      await tab.evaluate(axe);
      for (const size of ['phone', 'desktop'] as const) {
        await tab.setViewportSize(sizes[size]);
        await tab.emulateMedia({ colorScheme: 'light' });
        expect(await violations(tab, everything), `${size}, light`).toEqual([]);
        await tab.emulateMedia({ colorScheme: 'dark' });
        expect(await violations(tab, contrast), `${size}, dark`).toEqual([]);
        const wider = await tab.evaluate<number>(
          'document.documentElement.scrollWidth - document.documentElement.clientWidth',
        );
        expect(wider, `px that the page is wider than the window of a ${size}`).toBe(0);
      }
      expect(wrong).toEqual([]);
      await close();
    },
    60_000,
  );

  it('is used by keyboard alone: skip link, a lab, tabs that are remembered, the other language', async () => {
    const { tab, wrong, close } = await open('/en/', { viewport: sizes.desktop });
    await tab.keyboard.press('Tab');
    expect(await tab.evaluate('document.activeElement?.textContent.trim()')).toBe('Skip to the text');
    for (let presses = 0; presses < 10; presses += 1) {
      await tab.keyboard.press('Tab');
      if ((await tab.evaluate("document.activeElement?.getAttribute('href')")) === '/en/labs/1') break;
    }
    await tab.keyboard.press('Enter');
    await tab.waitForURL('**/en/labs/1');

    const first = tab.getByRole('tab').first();
    await first.focus();
    await tab.keyboard.press('ArrowRight');
    const second = tab.getByRole('tab').nth(1);
    expect(await second.getAttribute('aria-selected')).toBe('true');
    expect(await tab.evaluate("document.activeElement === document.querySelectorAll('[role=tab]')[1]")).toBe(
      true,
    );
    await tab.reload();
    expect(await tab.getByRole('tab').nth(1).getAttribute('aria-selected')).toBe('true');

    await tab.keyboard.press('l');
    await tab.waitForURL('**/ko/labs/1');
    expect(await tab.evaluate('document.documentElement.lang')).toBe('ko');
    expect(wrong).toEqual([]);
    await close();
  });

  it('shows what was measured, as bars and as a table', async () => {
    const { tab, wrong, close } = await open('/en/labs/4', { viewport: sizes.phone });
    const section = tab.getByRole('region', { name: 'Your last measurement' });
    expect(await section.getByRole('row').count()).toBe(3);
    const [cold, warm] = await section
      .locator('.bar')
      .evaluateAll((bars) =>
        (bars as unknown as { children: Iterable<{ clientWidth: number }> }[]).map(({ children }) =>
          [...children].reduce((sum, { clientWidth }) => sum + clientWidth, 0),
        ),
      );
    expect(cold).toBeGreaterThan(10 * (warm ?? Infinity));
    expect(wrong).toEqual([]);
    await close();
  });

  it('copies a command', async () => {
    const { tab, close } = await open('/en/labs/1', { permissions: ['clipboard-read', 'clipboard-write'] });
    const button = tab.getByRole('button', { name: 'Copy' }).first();
    const command = (await button.getAttribute('data-copy')) ?? '';
    expect(command).not.toBe('');
    await button.click();
    expect(await tab.evaluate('navigator.clipboard.readText()')).toBe(command);
    await close();
  });

  it('can be read without script, every tab shown', async () => {
    const { tab, close } = await open('/en/labs/1', { javaScriptEnabled: false });
    const panels = tab.getByRole('tabpanel');
    expect(await panels.count()).toBeGreaterThan(1);
    for (const panel of await panels.all()) expect(await panel.isVisible()).toBe(true);
    await close();
  });
});
