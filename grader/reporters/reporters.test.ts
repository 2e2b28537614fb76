import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '../../tooling/root.ts';
import type { GradeEvent } from '../grade.ts';
import type { Result } from '../result/result.ts';
import { passedResult, sampleResult } from './golden/sample-result.ts';
import { json } from './json.ts';
import { junit } from './junit.ts';
import { markdown } from './markdown.ts';
import { csvCell, inert } from './spreadsheet-cell.ts';
import { live } from './terminal/live.ts';
import { terminal } from './terminal/terminal.ts';
import { widthOf } from './width.ts';

const golden = (name: string) => join(projectRoot(), 'grader', 'reporters', 'golden', name);

describe.each(['en', 'ko'] as const)('reports in %s', (language) => {
  const result = sampleResult(language);

  it.each([80, 120, 40])('look as designed in a terminal of %i columns', async (width) => {
    const shown = terminal(result, { color: false, width, language });
    await expect(shown).toMatchFileSnapshot(golden(`terminal-${String(width)}.${language}.txt`));
    for (const line of shown.split('\n')) expect(widthOf(line)).toBeLessThanOrEqual(Math.min(width, 96));
  });

  it('end calmly when all is done', async () => {
    const shown = terminal(passedResult(language), { color: false, width: 80, language });
    await expect(shown).toMatchFileSnapshot(golden(`terminal-passed.${language}.txt`));
  });

  it('are the same with colours, but for the colours', () => {
    const colored = terminal(result, { color: true, width: 80, language });
    expect(colored).toContain('\u001b[');
    // eslint-disable-next-line no-control-regex -- colours are these
    const plain = colored.replaceAll(/\u001b\[\d+m/g, '');
    expect(plain).toBe(terminal(result, { color: false, width: 80, language }));
  });

  it('let nothing of a student’s output command the terminal', () => {
    const shown = terminal(result, { color: false, width: 80, language });
    expect(shown).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b\u00a0]/); // eslint-disable-line no-control-regex
  });

  it('are well-formed as JUnit', async () => {
    await expect(junit(result)).toMatchFileSnapshot(golden(`junit.${language}.xml`));
  });

  it('are Markdown', async () => {
    await expect(markdown(result)).toMatchFileSnapshot(golden(`markdown.${language}.md`));
  });

  it('are the document as JSON', () => {
    expect(JSON.parse(json(result))).toEqual(result);
  });
});

describe('a run shown as it goes', () => {
  const events = (result: Result): GradeEvent[] => [
    { kind: 'begun', lab: result.lab, target: result.target, checks: [] },
    ...result.checks.map(({ id, title }): GradeEvent => ({ kind: 'started', id, title })),
    // They settle from last to first and are reported in order.
    ...[...result.checks].reverse().map((check): GradeEvent => ({ kind: 'settled', check })),
    ...result.checks.map((check): GradeEvent => ({ kind: 'reported', check })),
    { kind: 'ended', result },
  ];

  it('leaves in a file what the report of the result is', () => {
    const result = sampleResult('ko');
    const look = { color: false, width: 80, language: 'ko' } as const;
    const write = live({ ...look, rewritable: false });
    expect(events(result).map(write).join('')).toBe(terminal(result, look));
  });

  it('leaves on a screen what the report of the result is', () => {
    const result = sampleResult('en');
    const look = { color: true, width: 80, language: 'en' } as const;
    const write = live({ ...look, rewritable: true });
    const written = events(result).map(write).join('');
    expect(written).toContain('⋯ The function is active');
    // What a terminal does: a line that was taken back is gone.
    const screen = written
      .split('\n')
      .map((line) =>
        line.slice(line.lastIndexOf('\r\u001b[2K') === -1 ? 0 : line.lastIndexOf('\r\u001b[2K') + 5),
      )
      .join('\n');
    expect(screen).toBe(terminal(result, look));
  });
});

describe('cells of a spreadsheet', () => {
  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', ' =1', '＝1', '\r=1'])('do not run %j', (text) => {
    expect(inert(text)).toBe(`'${text}`);
  });
  it('are quoted where they have to be', () => {
    expect(csvCell('plain 한글')).toBe('plain 한글');
    expect(csvCell('a "b", c')).toBe('"a ""b"", c"');
    expect(csvCell('=HYPERLINK("x")')).toBe('"\'=HYPERLINK(""x"")"');
  });
});
