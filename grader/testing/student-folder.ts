import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect } from 'vitest';
import { StudentError } from '../submission/student-error.ts';
import { openModule, type OpenModule } from '../submission/student-module.ts';
import { engineText } from '../text.ts';

/** A folder of its own for each test, in which a student's `src/greet.ts` is written and opened. */
export function useStudentFolder() {
  let submission = '';
  let opened: OpenModule[] = [];
  beforeEach(() => {
    submission = realpathSync(mkdtempSync(join(tmpdir(), 'coldstart-student-')));
    opened = [];
  });
  afterEach(async () => {
    for (const module of opened) await module.close();
    rmSync(submission, { recursive: true, force: true });
  });

  const during = <T>(_: string, work: Promise<T>) => work;
  return {
    path: () => submission,
    /** @param source the module, or several files by their names */
    open: async (source: string | Readonly<Record<string, string>>, seconds = 10): Promise<OpenModule> => {
      const files = typeof source === 'string' ? { 'src/greet.ts': source } : source;
      for (const [name, content] of Object.entries(files)) {
        mkdirSync(dirname(join(submission, name)), { recursive: true });
        writeFileSync(join(submission, name), content);
      }
      const text = engineText.en;
      const module = await openModule({ submission, path: 'src/greet.ts', text, seconds, during });
      opened.push(module);
      return module;
    },
  };
}

/** The student's error that a call must end in. */
export async function errorOf(work: Promise<unknown>): Promise<StudentError> {
  const error: unknown = await work.then(
    (value) => expect.fail(`it answered ${JSON.stringify(value)}`),
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(StudentError);
  return error as StudentError;
}
