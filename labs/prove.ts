import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnyLab, Lab, Language } from '../grader/api.ts';
import { exitStatus, type Result } from '../grader/result/result.ts';
import { projectRoot } from '../tooling/root.ts';
import { followGuide } from './proof/follow-guide.ts';
import { commandsOf, readGuide, tabsOf } from './proof/guide.ts';
import { mistakesIn } from './proof/mistakes.ts';
import { openPlace, type Place } from './proof/place.ts';
import { sentencesOf } from './proof/sentences.ts';
import type { ByHand, Student } from './proof/student.ts';

export { replaced } from './proof/replaced.ts';

const languages: readonly Language[] = ['en', 'ko'];
const hangul = /[가-힣]/;
/** Words that tell a tired student that it is their fault. */
const banned = /\b(just|simply|obviously|of course|easy|easily)\b/i;

/** Another way to do a lab right, which must pass as the solution does. */
export interface AlsoRight {
  readonly name: string;
  /** From a file of the solution to what stands in it here. */
  readonly files: Readonly<Record<string, (solution: string) => string>>;
}

/**
 * Each wrong submission is tried and each way through a guide is gone by `npm run proof`, and so by CI; an ordinary
 * run tries some, spread over the list, and goes one way through the first guide, so that it ends within minutes.
 */
const whole = process.env.COLDSTART_MISTAKES === 'all';
const sample = whole ? Infinity : 2;

function tried<Mistake>(mistakes: readonly Mistake[], lab: number): readonly Mistake[] {
  if (mistakes.length <= sample) return mistakes;
  process.stderr.write(
    `NOTICE: ${String(sample)} of ${String(mistakes.length)} wrong submissions of lab ${String(lab)} are tried; \`npm run proof\` tries all.\n`,
  );
  const step = mistakes.length / sample;
  return mistakes.filter((_, at) => Math.floor(at / step) !== Math.floor((at - 1) / step));
}

function gone(tabs: readonly string[], lab: number): readonly string[] {
  if (whole) return tabs;
  const some = lab === 1 ? tabs.filter((tab) => tab === 'SDK') : [];
  if (some.length < tabs.length)
    process.stderr.write(
      `NOTICE: the guide of lab ${String(lab)} is followed by ${some.join(', ') || 'nobody'}; \`npm run proof\` goes every way: ${tabs.join(', ')}.\n`,
    );
  return some;
}

export interface Proving {
  /**
   * What the student does by hand after a deployment and before a grading: for example copies figures of their own
   * run into a file of the workspace.
   */
  readonly byHand?: ByHand;
  /** Commands after which it is done while the guide is followed. */
  readonly afterwards?: readonly string[];
  /** By the name of a tab: files that stay as the starter has them, because the tab's commands do what they would. */
  readonly leftOpen?: Readonly<Record<string, readonly string[]>>;
}

/**
 * The tests that every lab must pass: it proves of itself that the starter fails, the solution passes and each
 * mistake gets its own verdict, in both languages, and that its guide can be followed.
 */
export function prove<Text>(
  lab: Lab<Text> & AnyLab,
  alsoRight: readonly AlsoRight[] = [],
  { byHand, afterwards = [], leftOpen = {} }: Proving = {},
): void {
  const folderName = `${String(lab.number).padStart(2, '0')}-${lab.slug}`;
  const folder = join(projectRoot(), 'labs', folderName);
  const starter = join(folder, 'starter');
  const solution = join(projectRoot(), 'solutions', folderName);

  describe(`lab ${String(lab.number)} proves itself`, () => {
    let place: Place;
    beforeAll(async () => {
      place = await openPlace();
    });
    afterAll(() => place.stop());

    /** Deploys, and does by hand what a student would. */
    const deployed = async (student: Student, workspace: string, time?: string) => {
      expect(await student.deploy(workspace), time).toMatchObject({ outcome: 'done' });
      if (byHand !== undefined) await student.act(byHand, workspace);
    };

    it('is worth 100 points', () => {
      expect(lab.checks.reduce((sum, { points }) => sum + points, 0)).toBe(100);
    });

    it.each(languages)(
      'fails the starter that was not deployed, and none of its checks is in error (%s)',
      async (language) => {
        const result = await place.student().grade(lab, place.workspace(starter), language);
        expect(statuses(result, ['failed', 'skipped'])).toEqual({});
        expect(exitStatus(result)).toBe(1);
      },
    );

    it('fails the starter that was deployed as it is, and something is green already', async () => {
      const student = place.student();
      const workspace = place.workspace(starter);
      expect(await student.deploy(workspace)).toMatchObject({ outcome: 'done' });
      for (const language of languages) {
        const result = await student.grade(lab, workspace, language);
        expect(statuses(result, ['passed', 'failed', 'skipped'])).toEqual({});
        expect(exitStatus(result)).toBe(1);
        expect(result.checks[0]?.status).toBe('passed');
      }
    }, 180_000);

    it('passes the solution, deployed twice, and leaves the account as it was', async () => {
      const student = place.student();
      const workspace = place.workspace(solution);
      for (const time of ['first', 'second']) await deployed(student, workspace, time);
      const before = await student.inventory();
      for (const language of languages) {
        const result = await student.grade(lab, workspace, language);
        expect(statuses(result, ['passed'])).toEqual({});
        expect(exitStatus(result)).toBe(0);
      }
      expect(await student.inventory()).toEqual(before);
      expect(await student.clean(lab)).toEqual([]);
    }, 180_000);

    it('passes the solution of a student who shares an account', async () => {
      const student = place.student('ada-');
      const workspace = place.workspace(solution);
      await deployed(student, workspace);
      expect(statuses(await student.grade(lab, workspace, 'en'), ['passed'])).toEqual({});
    }, 180_000);

    for (const { name, files } of alsoRight) {
      it(`passes ${name}`, async () => {
        const student = place.student();
        const workspace = place.workspace(solution);
        for (const [path, change] of Object.entries(files))
          writeFileSync(join(workspace, path), change(read(solution, path)));
        await deployed(student, workspace);
        expect(statuses(await student.grade(lab, workspace, 'en'), ['passed'])).toEqual({});
        await student.clean(lab);
      }, 180_000);
    }

    it.each(tried(mistakesIn(join(folder, 'mistakes')), lab.number))(
      'finds the mistake $name',
      async (mistake) => {
        const student = place.student();
        const workspace = place.workspace(solution, mistake.folder);
        await deployed(student, workspace);
        const said = new Map<Language, string>();
        for (const language of languages) {
          // All checks once. The other language is there for its sentence, and a wrong submission takes its time.
          const only = language === 'en' ? undefined : [mistake.check];
          const result = await student.grade(lab, workspace, language, { only });
          const check = result.checks.find(({ id }) => id === mistake.check);
          expect(check, JSON.stringify(statuses(result, ['passed']))).toMatchObject({ status: 'failed' });
          if (check?.status === 'failed') said.set(language, check.why);
          for (const other of result.checks) {
            if (other.id === mistake.check || other.status === 'passed') continue;
            expect(other).toMatchObject({ status: 'skipped', cause: { id: mistake.check } });
          }
        }
        expect(said.get('en')).toContain(mistake.why);
        expect(said.get('ko')).toMatch(hangul);
        // What is left would go on: the clock of the cloud, which some checks move, is the same for all.
        await student.clean(lab);
      },
      180_000,
    );
  });

  describe(`the sentences of lab ${String(lab.number)}`, () => {
    it('use no word that belittles', () => {
      expect(sentencesOf(lab.text.en).filter(({ text }) => banned.test(text))).toEqual([]);
    });

    it('are Korean where they are Korean, and English where they are English', () => {
      expect(sentencesOf(lab.text.en).filter(({ text }) => hangul.test(text))).toEqual([]);
      const spoken = sentencesOf(lab.text.ko).filter(({ at }) => /\.(why|next|title|hints\.[01])$/.test(at));
      expect(spoken.length).toBeGreaterThan(lab.checks.length);
      expect(spoken.filter(({ text }) => !hangul.test(text))).toEqual([]);
    });

    it('give three different hints for every check', () => {
      for (const language of languages)
        for (const { id, hints } of lab.in(language).checks) expect(new Set(hints).size, id).toBe(3);
    });
  });

  describe(`the guide of lab ${String(lab.number)}`, () => {
    const text = { en: read(folder, 'guide.md'), ko: read(folder, 'guide.ko.md') };
    const parts = { en: readGuide(text.en), ko: readGuide(text.ko) };

    it('has the same headings, tabs and commands in both languages', () => {
      const skeleton = (language: Language) =>
        parts[language].flatMap((part): object[] => {
          if (part.kind === 'heading') return [{ level: part.level, tab: part.tab }];
          return part.kind === 'code' ? [{ code: part.lines, language: part.language, tab: part.tab }] : [];
        });
      expect(skeleton('ko')).toEqual(skeleton('en'));
    });

    it('shows pictures that are there', () => {
      for (const language of languages) {
        const images = parts[language].flatMap((part) => (part.kind === 'image' ? [part.file] : []));
        expect(images.length).toBeGreaterThan(0);
        expect(images.filter((file) => !existsSync(join(folder, file)))).toEqual([]);
      }
    });

    it('uses no word that belittles', () => {
      expect(text.en.split('\n').filter((line) => banned.test(line))).toEqual([]);
    });

    it.each(gone(tabsOf(parts.en), lab.number))(
      'can be followed by %s',
      async (tab) => {
        const commands = commandsOf(parts.en, tab);
        const followed = await followGuide({
          commands,
          lab: folderName,
          doneFrom: 2,
          leftOpen: leftOpen[tab] ?? [],
          byHand,
          afterwards,
        });
        const missing = followed.find(({ status }) => status === 'missing');
        if (missing !== undefined) {
          process.stderr.write(
            `NOTICE: the guide was not followed to its end: \`${missing.command}\` is not on this machine.\n`,
          );
          return;
        }
        // Coldstart's commands answer 1 where the student's work is not right yet: a grade before the end, a call
        // that is meant to fail. Everything else has to work.
        const allowed = (command: string) => (/^npm run (grade|invoke)\b/.test(command) ? [0, 1] : [0]);
        const bad = followed.filter(({ command, status }) => !allowed(command).includes(Number(status)));
        expect(bad).toEqual([]);
        expect(followed.findLast(({ command }) => command.startsWith('npm run grade'))).toMatchObject({
          status: 0,
        });
      },
      // Programs that start a hundred times on a machine that others use, too.
      600_000,
    );
  });
}

const read = (folder: string, file: string) => readFileSync(join(folder, file), 'utf8');

/** The checks that ended otherwise than as one of these, with what they said: empty where all is well. */
function statuses(result: Result, wanted: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    result.checks.filter(({ status }) => !wanted.includes(status)).map((check) => [check.id, check]),
  );
}
