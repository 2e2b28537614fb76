import { join, resolve } from 'node:path';
import { createColors } from 'picocolors';
import type { Language } from '../../grader/api.ts';
import type { StandIn } from '../../grader/targets/target.ts';
import { projectRoot } from '../../tooling/root.ts';
import { languageOf } from './language.ts';

export type Colors = ReturnType<typeof createColors>;

/** Which bundle runs: told by the launcher. */
export interface Bundle {
  /** Names the state of the sources; a running cloud of another build is restarted. */
  readonly build: string;
  readonly bundle: string;
}

/** What every command knows of this run. */
export interface Session {
  readonly language: Language;
  readonly colors: Colors;
  /** Shows stack traces: for us. */
  readonly debug: boolean;
  readonly root: string;
  /** Where the cloud keeps its state, its log and its address. */
  readonly home: string;
  /** Where the students' workspaces are. */
  readonly work: string;
  readonly env: NodeJS.ProcessEnv;
  readonly bundle: Bundle;
  /** In tests alone: plays the account of `--target aws`. Nothing that a student can say sets it. */
  readonly standIn?: StandIn;
  out(text: string): void;
  err(text: string): void;
}

/** Flags that every command takes. */
export interface CommonFlags {
  readonly lang?: string;
  readonly color?: boolean;
  readonly debug?: boolean;
}

export function openSession(
  flags: CommonFlags,
  bundle: Bundle,
  env: NodeJS.ProcessEnv = process.env,
): Session {
  const root = projectRoot();
  const plain = flags.color === false || (env.NO_COLOR !== undefined && env.NO_COLOR !== '');
  const forced = env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '0';
  return {
    language: languageOf(flags.lang, env),
    colors: createColors(!plain && (forced || process.stdout.isTTY)),
    debug: flags.debug === true || env.COLDSTART_DEBUG === '1',
    root,
    home: resolve(env.COLDSTART_HOME ?? join(root, '.coldstart')),
    work: resolve(env.COLDSTART_WORK ?? join(root, 'work')),
    env,
    bundle,
    out: (text) => void process.stdout.write(`${text}\n`),
    err: (text) => void process.stderr.write(`${text}\n`),
  };
}
