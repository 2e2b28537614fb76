import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Message } from 'esbuild';
import type { Marks } from '../../grader/targets/marks/marks.ts';
import { projectRoot } from '../../tooling/root.ts';

/** A place in a student's own source. */
export interface SourceMistake {
  /** Relative to the workspace, with `/`. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  /** The line itself. */
  readonly source: string;
}

/** How a student's deployment ended. */
export type Deployment =
  | { readonly outcome: 'done'; readonly output: string }
  /** The script or the handler it bundles has syntax errors or imports what is not there. */
  | { readonly outcome: 'unreadable'; readonly mistakes: readonly SourceMistake[]; readonly output: string }
  /** The script ran and threw. */
  | { readonly outcome: 'threw'; readonly thrown: Thrown; readonly output: string }
  /** The script ended itself with another status, or was ended. */
  | { readonly outcome: 'ended'; readonly status: number | string; readonly output: string }
  /** There is no `deploy.ts`. */
  | { readonly outcome: 'missing'; readonly output: string };

export interface Thrown {
  readonly name: string;
  readonly message: string;
  /** First line of the student's own code on the stack, `deploy.ts:34:9`. */
  readonly at: string | undefined;
  /** Where AWS answered with an error. */
  readonly requestId: string | undefined;
  readonly stack: string;
}

export interface DeploymentOptions {
  readonly workspace: string;
  /** The whole environment of the script: see `cli/session/environment.ts`. */
  readonly env: NodeJS.ProcessEnv;
  /** What everything that the script makes carries, whatever the script says: see `grader/targets/marks`. */
  readonly marks?: Marks | undefined;
  /** Gets what the script prints as it prints it. */
  readonly onOutput?: (chunk: string) => void;
  /** ms until the script is ended. Default: five minutes. */
  readonly patience?: number;
}

const fiveMinutes = 5 * 60_000;

/* Runs beside the bundled script and tells the parent what was thrown, with source positions already mapped. */
const runner = `
import { pathToFileURL } from 'node:url';
process.setSourceMapsEnabled(true);
const tell = (error) => {
  const own = (key) => (error !== null && typeof error === 'object' ? error[key] : undefined);
  const message = {
    name: String(own('name') ?? 'Error'),
    message: String(own('message') ?? error),
    stack: String(own('stack') ?? ''),
    requestId: own('$metadata')?.requestId,
    mistakes: Array.isArray(own('errors')) ? own('errors') : [],
  };
  process.send(message, () => process.exit(1));
};
process.on('uncaughtException', tell);
process.on('unhandledRejection', tell);
process.on('disconnect', () => process.exit(1));
try {
  await import(pathToFileURL(process.argv[2]).href);
  // The channel alone must not keep a finished script alive.
  process.channel.unref();
} catch (error) {
  tell(error);
}
`;

/** Runs `deploy.ts` of a workspace in a process of its own, bundled with everything but esbuild. */
export async function runDeployment(options: DeploymentOptions): Promise<Deployment> {
  const script = join(options.workspace, 'deploy.ts');
  if (!existsSync(script)) return { outcome: 'missing', output: '' };
  const building = join(options.workspace, '.build');
  mkdirSync(building, { recursive: true });
  const bundle = join(building, 'deploy.mjs');
  const start = join(building, 'run-deploy.mjs');
  const bundler = join(building, 'esbuild.mjs');
  const marking = join(building, 'marks.mjs');
  try {
    if (options.marks !== undefined) writeFileSync(marking, markingAll(options.marks));
    const mistakes = await bundleScript(
      options.workspace,
      script,
      bundle,
      pathToFileURL(bundler).href,
      options.marks === undefined ? [] : [marking],
    );
    if (mistakes.length > 0) return { outcome: 'unreadable', mistakes, output: '' };
    writeFileSync(start, runner);
    writeFileSync(bundler, bundlerThatFindsPackages());
    return await run(options, start, bundle);
  } finally {
    for (const file of [bundle, `${bundle}.map`, start, bundler, marking]) rmSync(file, { force: true });
  }
}

/** A workspace may lie outside the project (a class, a test), and still finds the packages that the project brings. */
const packages = () => join(projectRoot(), 'node_modules');

/** esbuild as the script imports it: what the script bundles finds those packages, too. */
function bundlerThatFindsPackages(): string {
  const esbuild = JSON.stringify(pathToFileURL(join(packages(), 'esbuild', 'lib', 'main.js')).href);
  return `
import * as esbuild from ${esbuild};
export * from ${esbuild};
const nodePaths = [${JSON.stringify(packages())}];
export const build = (options) => esbuild.build({ nodePaths, ...options });
export const buildSync = (options) => esbuild.buildSync({ nodePaths, ...options });
export const context = (options) => esbuild.context({ nodePaths, ...options });
export default { ...esbuild, build, buildSync, context };
`;
}

/** Runs before the script, and changes the SDK that is bundled with it. */
function markingAll(marks: Marks): string {
  const file = join(projectRoot(), 'grader', 'targets', 'marks', 'mark-every-client.ts');
  return `import { markEveryClient } from ${JSON.stringify(file)};\nmarkEveryClient(${JSON.stringify(marks)});\n`;
}

async function bundleScript(
  workspace: string,
  script: string,
  outfile: string,
  esbuild: string,
  inject: string[],
): Promise<SourceMistake[]> {
  const { build } = await import('esbuild');
  const { errors } = await build({
    absWorkingDir: workspace,
    entryPoints: [script],
    inject,
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    sourcemap: 'linked',
    nodePaths: [packages()],
    alias: { esbuild },
    external: [esbuild],
    banner: {
      js: "import { createRequire as coldstartRequire } from 'node:module'; const require = coldstartRequire(import.meta.url);",
    },
    logLevel: 'silent',
  }).catch((error: unknown) => {
    const failure = error as { errors?: Message[] };
    if (failure.errors === undefined) throw error;
    return { errors: failure.errors };
  });
  return mistakesOf(errors, workspace);
}

/** esbuild's messages as places in the student's files. */
export function mistakesOf(
  messages: readonly Pick<Message, 'location' | 'text'>[],
  workspace: string,
): SourceMistake[] {
  return messages.map(({ location, text }) => ({
    file: (location === null ? 'deploy.ts' : relative(workspace, join(workspace, location.file)))
      .split(sep)
      .join('/'),
    line: location?.line ?? 1,
    column: (location?.column ?? 0) + 1,
    message: text,
    source: location?.lineText ?? '',
  }));
}

interface ThrownMessage {
  readonly name: string;
  readonly message: string;
  readonly stack: string;
  readonly requestId?: string;
  readonly mistakes: readonly unknown[];
}

function run(options: DeploymentOptions, start: string, bundle: string): Promise<Deployment> {
  return new Promise((resolve) => {
    let output = '';
    let told: ThrownMessage | undefined;
    const child = spawn(process.execPath, [start, bundle], {
      cwd: options.workspace,
      env: options.env,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      windowsHide: true,
    });
    const timer = setTimeout(() => child.kill('SIGKILL'), options.patience ?? fiveMinutes);
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8');
      stream?.on('data', (chunk: string) => {
        output += chunk;
        options.onOutput?.(chunk);
      });
    }
    child.on('message', (message) => (told = message as ThrownMessage));
    child.on('error', (error) => {
      clearTimeout(timer);
      resolve({ outcome: 'ended', status: error.message, output });
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      if (told !== undefined) resolve(threw(told, options.workspace, output));
      else if (code === 0) resolve({ outcome: 'done', output });
      else resolve({ outcome: 'ended', status: code ?? signal ?? 'unknown', output });
    });
  });
}

function threw(told: ThrownMessage, workspace: string, output: string): Deployment {
  const messages = told.mistakes.filter(
    (mistake): mistake is Pick<Message, 'location' | 'text'> =>
      typeof mistake === 'object' && mistake !== null && 'text' in mistake && 'location' in mistake,
  );
  if (messages.length > 0)
    return { outcome: 'unreadable', mistakes: mistakesOf(messages, workspace), output };
  return {
    outcome: 'threw',
    thrown: {
      name: told.name,
      message: told.message,
      at: ownFrame(told.stack, workspace),
      requestId: told.requestId,
      stack: told.stack,
    },
    output,
  };
}

/** The first frame that lies in the student's own files: `src/x.ts:3:7`. */
function ownFrame(stack: string, workspace: string): string | undefined {
  for (const line of stack.split('\n')) {
    const match = /\(?((?:file:\/\/)?[^()\s][^()]*\.(?:ts|mjs|js)):(\d+):(\d+)\)?$/.exec(line.trim());
    if (match === null) continue;
    const path = (match[1] ?? '').replace(/^at\s+(?:async\s+)?/, '');
    const inside = relative(workspace, path.startsWith('file:') ? fileURLToPath(path) : path)
      .split(sep)
      .join('/');
    if (!inside.startsWith('..') && !inside.includes('node_modules/') && !inside.startsWith('.build/'))
      return `${inside}:${match[2] ?? ''}:${match[3] ?? ''}`;
  }
  return undefined;
}
