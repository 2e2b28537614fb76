import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Evidence, StudentModule } from '../api.ts';
import type { EngineText } from '../text.ts';
import { bundle } from './bundle.ts';
import { placeIn } from './place.ts';
import { startRunner, type Reply, type Runner } from './runner.ts';
import { StudentError } from './student-error.ts';

/** A module that was opened for a check. */
export interface OpenModule extends StudentModule {
  /** Ends its process, if it was started, and removes what was written for it. */
  close(): Promise<void>;
}

export interface ModuleSettings {
  /** The folder that is graded. */
  readonly submission: string;
  /** Inside the folder. */
  readonly path: string;
  readonly text: EngineText;
  /** Seconds that loading the module, and each call, may take. */
  readonly seconds: number;
  /** Tells what is waited for while a promise is open. */
  readonly during: <T>(what: string, work: Promise<T>) => Promise<T>;
}

/**
 * Bundles a module of a submission; its process starts at the first call.
 * @throws StudentError where it does not bundle
 */
export async function openModule(settings: ModuleSettings): Promise<OpenModule> {
  const { path, text, during } = settings;
  const submission = realpathSync(settings.submission);
  // Real paths on both sides: the source map has the way from one to the other.
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'coldstart-module-')));
  const remove = () => {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  const file = join(folder, 'module.mjs');
  let runner: Runner | undefined;
  let bundled;
  try {
    bundled = await during(text.waiting.bundle(path), bundle(submission, path, file, text));
    writeFileSync(file, bundled.code);
  } catch (error) {
    remove();
    throw error;
  }
  const { imports, exports } = bundled;
  const judge = new Judge(settings, submission, exports);
  const started = async (): Promise<Runner> => {
    runner ??= startRunner(file, folder, settings.seconds);
    const loaded = await during(text.waiting.bundle(path), runner.loaded);
    if (loaded.kind !== 'value' && loaded.kind !== 'nothing')
      throw judge.error(loaded, undefined, runner.printed);
    return runner;
  };
  const ask = async (name: string, args?: readonly unknown[]): Promise<unknown> => {
    const running = await started();
    const reply = await during(text.waiting.call(path, name), running.ask(name, args));
    if (reply.kind === 'value') return reply.value;
    if (reply.kind === 'nothing') return undefined;
    // Where only the number of parameters was asked for, an export that is no function has none.
    if (reply.kind === 'absent' && args === undefined) return undefined;
    throw judge.error(reply, name, running.printed);
  };
  return {
    imports,
    exports,
    async parameters(name) {
      const declared = await ask(name);
      return typeof declared === 'number' ? declared : undefined;
    },
    call: (name, ...args) => ask(name, args),
    async close() {
      await runner?.close();
      remove();
    },
  };
}

type Wrong = Exclude<Reply, { kind: 'value' | 'nothing' }>;

/** Says in words what became of a module. */
class Judge {
  readonly #settings: ModuleSettings;
  readonly #submission: string;
  readonly #exports: readonly string[];

  constructor(settings: ModuleSettings, submission: string, exports: readonly string[]) {
    this.#settings = settings;
    this.#submission = submission;
    this.#exports = exports;
  }

  /** @param name the export that was called; undefined while the module was loaded */
  error(reply: Wrong, name: string | undefined, printed: string): StudentError {
    const { path, text, seconds } = this.#settings;
    const say = text.module;
    const output: Evidence[] =
      printed.trim() === '' ? [] : [{ label: say.printed, value: printed.trimEnd() }];
    switch (reply.kind) {
      case 'threw': {
        const place = placeIn(reply.stack, this.#submission);
        const error = { name: reply.name, message: reply.message };
        const finding = {
          why: name === undefined ? say.import(path) : say.threw(path, name),
          actual: reply.message === '' ? reply.name : `${reply.name}: ${reply.message}`,
          evidence: [...(place === undefined ? [] : [{ label: say.where, value: place }]), ...output],
          next: say.threwNext(place ?? path),
        };
        return new StudentError(finding, error);
      }
      case 'late':
        return new StudentError({ why: say.slow(path, seconds), evidence: output, next: say.slowNext });
      case 'ended': {
        if (/heap out of memory|heap limit/i.test(printed))
          return new StudentError({ why: say.memory(path), next: say.memoryNext });
        const how = reply.signal === null ? say.exitCode(reply.code ?? -1) : say.signal(reply.signal);
        return new StudentError({ why: say.exited(path, how), evidence: output, next: say.exitedNext });
      }
      case 'absent': {
        const called = name ?? path;
        const has = this.#exports.join(', ') || say.nothing;
        return new StudentError({ why: say.noExport(path, called, has), next: say.noExportNext(called) });
      }
      case 'unsayable':
        return new StudentError({
          why: say.notJson(path, name ?? path),
          evidence: output,
          next: say.notJsonNext,
        });
    }
  }
}
