import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Message } from 'esbuild';
import { mistakesOf } from '../deploy/run-deployment.ts';
import { unreadable } from '../deploy/source-mistakes.ts';
import { findWorkspace } from '../labs/find-lab.ts';
import { UserFailure } from '../session/failure.ts';
import type { Session } from '../session/session.ts';

const texts = {
  en: {
    none: 'The workspace has no unit tests (files that end in .test.ts).',
    next: 'Put src/greeting.test.ts or one of your own there.',
  },
  ko: {
    none: '작업 폴더에 단위 테스트(.test.ts 파일)가 없어요.',
    next: 'src/greeting.test.ts 같은 테스트 파일을 추가하세요.',
  },
} as const;

/** Runs the student's unit tests with Node's own test runner, without any AWS settings. */
export async function run(session: Session, args: readonly string[]): Promise<number> {
  const { workspace } = findWorkspace(session, args[0] ?? '');
  const sources = join(workspace, 'src');
  const tests = (existsSync(sources) ? readdirSync(sources, { recursive: true, encoding: 'utf8' }) : [])
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => join(sources, file));
  const text = texts[session.language];
  if (tests.length === 0) throw new UserFailure(text.none, { next: text.next, where: workspace });

  const built = join(workspace, '.build', 'unit');
  mkdirSync(built, { recursive: true });
  try {
    const { build } = await import('esbuild');
    await build({
      absWorkingDir: workspace,
      entryPoints: tests,
      outdir: built,
      outExtension: { '.js': '.mjs' },
      bundle: true,
      format: 'esm',
      platform: 'node',
      sourcemap: 'inline',
      nodePaths: [join(session.root, 'node_modules')],
      logLevel: 'silent',
    }).catch((error: unknown) => {
      const { errors } = error as { errors?: Message[] };
      if (errors === undefined) throw error;
      throw unreadable(session, mistakesOf(errors, workspace));
    });
    const files = readdirSync(built, { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.test.mjs'),
    );
    return await runTests(
      session,
      files.map((file) => join(built, file)),
      workspace,
    );
  } finally {
    rmSync(built, { recursive: true, force: true });
  }
}

function runTests(session: Session, files: readonly string[], workspace: string): Promise<number> {
  const env = Object.fromEntries(Object.entries(session.env).filter(([name]) => !name.startsWith('AWS_')));
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      ['--enable-source-maps', '--test', '--test-reporter=spec', ...files],
      {
        cwd: workspace,
        env,
        stdio: ['ignore', 'inherit', 'inherit'],
        windowsHide: true,
      },
    );
    child.on('error', reject);
    child.on('close', (code) => resolve(code === 0 ? 0 : 1));
  });
}
