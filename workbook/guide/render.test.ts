import { describe, expect, it } from 'vitest';
import { renderGuide, slugOf } from './render.ts';

const options = { base: '/en/labs/1/', words: { copy: 'Copy', tabs: 'Ways' } };
const html = async (markdown: string) => (await renderGuide(markdown, options)).html;

describe('renderGuide', () => {
  it('lists the parts of a guide, in Korean too, and tells equal headings apart', async () => {
    const { title, headings } = await renderGuide(
      '# 첫 핸들러\n\n## 왜 배우나요?\n\n## 왜 배우나요?',
      options,
    );
    expect(title).toBe('첫 핸들러');
    expect(headings.map(({ id }) => id)).toEqual(['왜-배우나요', '왜-배우나요-2']);
  });

  it('makes tabs of the headings between the marks', async () => {
    const made = await html('<!-- tabs -->\n### SDK\n\none `x`\n\n### AWS CLI\n\ntwo\n<!-- /tabs -->');
    expect(made.match(/role="tab"/g)).toHaveLength(2);
    expect(made.match(/role="tabpanel"/g)).toHaveLength(2);
    expect(made).toContain('<code>x</code>');
    expect(made).not.toContain('<h3');
  });

  it('highlights code, lets commands be copied, and shows an unknown language plain', async () => {
    expect(await html('```ts\nconst a = 1;\n```')).toMatch(/--shiki-light/);
    expect(await html('```sh\nnpm run lab 1 "a"\n```')).toContain('data-copy="npm run lab 1 &quot;a&quot;"');
    expect(await html('```ts\nconst a = 1;\n```')).not.toContain('data-copy');
    expect(await html('```nonsense\n<b>\n```')).toContain('&lt;b&gt;');
  });

  it('finds pictures beside the guide', async () => {
    expect(await html('![The idea](idea.svg)')).toContain('src="/en/labs/1/idea.svg"');
  });

  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '[x](javascript:alert(1))',
    '<a href="data:text/html,x">x</a>',
    '<iframe src="https://example.com"></iframe>',
    '<span style="position:fixed;background:url(https://example.com)">x</span>',
  ])('lets no script or foreign matter through: %s', async (markdown) => {
    expect(await html(markdown)).not.toMatch(
      /<script|onerror|javascript:|data:text|<iframe|position:fixed|url\(/i,
    );
  });
});

it('slugs keep letters of any script', () => {
  expect(slugOf('What it costs — on AWS?')).toBe('what-it-costs-on-aws');
});
