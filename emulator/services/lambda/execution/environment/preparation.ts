import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Cloud } from '../../../../cloud.ts';
import type { FunctionVersion } from '../execution.ts';
import type { LogPorts } from '../log/environment-log.ts';
import type { InitializationType } from '../log/system-events.ts';
import type { Guard } from '../process/guard.ts';
import type { Launch } from '../process/runtime-process.ts';
import type { Program } from '../programs/program.ts';
import { findProgram } from '../runtimes.ts';
import type { Code } from './code.ts';
import { variablesOf, withWrapper } from './variables.ts';

/** What environments share. */
export interface EnvironmentSetting {
  readonly cloud: Cloud;
  readonly ports: LogPorts;
  readonly code: Code;
  readonly guard: Guard;
  /** Below which each environment has a folder of its own. */
  readonly folder: string;
  /** Runs work when it is its turn: a machine initialises only so many processes ahead at once. */
  readonly inTurn: (work: () => Promise<void>) => Promise<void>;
  /** Told when environments begin and end to be initialised ahead. */
  readonly initialising: (change: 1 | -1) => void;
}

/** Seconds that the keys of a running function are valid: longer than an environment lives. */
const credentialsFor = 12 * 3600;

/** How an environment's process is started. */
export interface Prepared {
  readonly program: Program;
  readonly launch: Launch;
}

/**
 * Makes an environment's folder, has its package unpacked and finds what runs it.
 * @throws ServiceFailure where the function cannot be run on this machine
 */
export async function prepare(
  { cloud, code, ports }: EnvironmentSetting,
  environment: {
    readonly version: FunctionVersion;
    readonly initialization: InitializationType;
    readonly folder: string;
    /** Of its log. */
    readonly stream: string;
  },
): Promise<Prepared> {
  const { version, initialization, folder, stream } = environment;
  const tmp = join(folder, 'tmp');
  mkdirSync(tmp, { recursive: true });
  const [{ task, opt }, modules] = await Promise.all([
    code.layered(version.code, version.layers ?? [], version.runtime),
    code.modules(),
  ]);
  const program = await findProgram(
    version.runtime,
    version.memoryMB,
    { task, opt },
    cloud.settings.runtimes,
  );
  const variables = variablesOf({
    version,
    program,
    initialization,
    places: { task, opt, modules, tmp, home: join(folder, 'home') },
    credentials: ports.iam.session(version.scope, version.roleName, version.name, credentialsFor),
    stream,
    origin: cloud.settings.origin,
  });
  const launch = {
    ...withWrapper(program, variables, { task, opt }),
    cwd: task,
    variables,
    framed: program.framed,
  };
  return { program, launch };
}
