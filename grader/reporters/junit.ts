import type { CheckResult, Result } from '../result/result.ts';
import { engineText, type EngineText } from '../text.ts';
import { visible } from './visible.ts';

/** `visible` leaves no character that XML 1.0 forbids; these five have a meaning. */
const escape = (text: string): string =>
  visible(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;');
/** In an attribute a reader would turn a line break into a space. */
const attribute = (text: string): string => escape(text).replaceAll('\n', '&#10;');

const seconds = (ms: number): string => (ms / 1000).toFixed(3);

/** A result as a JUnit report, for CI systems. What this target could not decide counts as skipped there. */
export function junit(result: Result): string {
  const text = engineText[result.language];
  const { totals, checks, lab } = result;
  const ms = Date.parse(result.endedAt) - Date.parse(result.startedAt);
  const counts = `tests="${String(checks.length)}" failures="${String(totals.failed)}" errors="${String(totals.error)}" skipped="${String(totals.skipped + totals.unverifiedChecks)}" time="${seconds(ms)}"`;
  const name = attribute(`${text.report.lab(lab.number)} · ${lab.title}`);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="coldstart" ${counts}>`,
    `  <testsuite name="${name}" timestamp="${result.startedAt.slice(0, 19)}" ${counts}>`,
    ...checks.flatMap((check) => testcase(check, lab.slug, text)),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function testcase(check: CheckResult, slug: string, text: EngineText): string[] {
  const open = `    <testcase classname="${attribute(slug)}" name="${attribute(check.title)}" time="${seconds(check.durationMs)}"`;
  const around = (...inner: string[]) => [`${open}>`, ...inner, '    </testcase>'];
  switch (check.status) {
    case 'passed':
      return [`${open}/>`];
    case 'skipped':
      return around(`      <skipped message="${attribute(text.report.skipped(check.cause.title))}"/>`);
    case 'unverified':
      return around(`      <skipped message="${attribute(check.why)}"/>`);
    case 'failed': {
      const { expected, actual } = check;
      const lines = [
        ...(expected === undefined ? [] : [`${text.report.expected}: ${expected}`]),
        ...(actual === undefined ? [] : [`${text.report.actual}: ${actual}`]),
        ...check.evidence.map(({ label, value }) => `${label}: ${value}`),
        `→ ${check.next}`,
      ];
      return around(
        `      <failure type="failed" message="${attribute(check.why)}">${escape(lines.join('\n'))}</failure>`,
      );
    }
    case 'error': {
      const lines = check.evidence.map(({ label, value }) => `${label}: ${value}`);
      return around(
        `      <error type="error" message="${attribute(check.why)}">${escape(lines.join('\n'))}</error>`,
      );
    }
  }
}
