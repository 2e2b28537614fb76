import { delimiter, join } from 'node:path';
import type { SessionCredentials } from '../../../../identity/identity.ts';
import type { FunctionVersion } from '../execution.ts';
import type { InitializationType } from '../log/system-events.ts';
import type { Program } from '../programs/program.ts';
import { nodeFolder } from './code.ts';

/** Where an environment's files are. */
export interface Places {
  /** The package: `/var/task`. */
  readonly task: string;
  /** The layers: `/opt`. Undefined where there are none. */
  readonly opt?: string | undefined;
  /** Folders that modules are found in besides the package, like AWS's `/var/runtime/node_modules`. */
  readonly modules: string;
  /** The environment's `/tmp`. */
  readonly tmp: string;
  /** An empty home: the user's own has keys of real accounts. */
  readonly home: string;
}

/**
 * The whole environment of a function's process. Nothing of the cloud's own environment is in it but what a
 * process needs to start. Source of the names: AWS Lambda Developer Guide, "Defined runtime environment
 * variables", and what functions on AWS were recorded to see.
 */
export function variablesOf(given: {
  readonly version: FunctionVersion;
  readonly program: Program;
  /** How the environment came to be. */
  readonly initialization: InitializationType;
  readonly places: Places;
  readonly credentials: SessionCredentials;
  readonly stream: string;
  /** The cloud's own address. */
  readonly origin: string;
}): Record<string, string> {
  const { version, program, places, credentials } = given;
  const { region } = version.scope;
  return {
    ...systemVariables(),
    LANG: 'en_US.UTF-8',
    NODE_PATH: [...layered(version.runtime, places), places.modules, places.task].join(delimiter),
    AWS_XRAY_CONTEXT_MISSING: 'LOG_ERROR',
    AWS_ENDPOINT_URL: given.origin,
    // An SDK in a package would warn, at the level ERROR, that the host's Node.js is older than the function's runtime.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    ...program.variables,
    ...ofLayers(program, places),
    ...version.environment,
    // Reserved: a function's own cannot replace them.
    _HANDLER: version.handler,
    TZ: process.platform === 'win32' ? 'UTC' : ':UTC',
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
    AWS_LAMBDA_FUNCTION_NAME: version.name,
    AWS_LAMBDA_FUNCTION_VERSION: version.version,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(version.memoryMB),
    AWS_LAMBDA_LOG_GROUP_NAME: version.logging.group,
    AWS_LAMBDA_LOG_STREAM_NAME: given.stream,
    AWS_LAMBDA_INITIALIZATION_TYPE: given.initialization,
    ...(program.framed ? { AWS_EXECUTION_ENV: `AWS_Lambda_${version.runtime}` } : {}),
    ...(version.logging.format === 'JSON'
      ? { AWS_LAMBDA_LOG_FORMAT: 'JSON', AWS_LAMBDA_LOG_LEVEL: version.logging.applicationLevel }
      : {}),
    LAMBDA_TASK_ROOT: places.task,
    LAMBDA_RUNTIME_DIR: program.folder,
    PWD: places.task,
    SHLVL: '0',
    HOME: places.home,
    TMPDIR: places.tmp,
    ...(process.platform === 'win32' ? { USERPROFILE: places.home, TEMP: places.tmp, TMP: places.tmp } : {}),
    ...(program.framed
      ? {
          _LAMBDA_TELEMETRY_LOG_FD: '3',
          COLDSTART_TMP: places.tmp,
          COLDSTART_TMP_MB: String(version.ephemeralStorageMB),
          ...(places.opt === undefined ? {} : { COLDSTART_OPT: places.opt }),
        }
      : {}),
  };
}

/** Where Lambda looks for the modules of layers. */
function layered(runtime: string, { opt }: Places): string[] {
  if (opt === undefined) return [];
  return [join(opt, 'nodejs', nodeFolder(runtime), 'node_modules'), join(opt, 'nodejs', 'node_modules')];
}

/** Where programs and libraries of layers are found. */
function ofLayers({ variables }: Program, { opt, task }: Places): Record<string, string> {
  if (opt === undefined) return {};
  return {
    PATH: [variables['PATH'] ?? '', join(opt, 'bin')].join(delimiter),
    ...(process.platform === 'linux'
      ? { LD_LIBRARY_PATH: [task, join(task, 'lib'), join(opt, 'lib')].join(delimiter) }
      : {}),
  };
}

/** What a process cannot start without. */
function systemVariables(): Record<string, string> {
  if (process.platform !== 'win32') return {};
  const names = [
    'SystemRoot',
    'SystemDrive',
    'windir',
    'ComSpec',
    'PATHEXT',
    'PROCESSOR_ARCHITECTURE',
    'NUMBER_OF_PROCESSORS',
  ];
  const kept: Record<string, string> = {};
  for (const name of names) {
    const value = process.env[name];
    if (value !== undefined) kept[name] = value;
  }
  return kept;
}

/**
 * The command with the script that `AWS_LAMBDA_EXEC_WRAPPER` names before it, as Lambda starts it.
 * Its path is one of the package's, or below `/opt`.
 */
export function withWrapper(
  program: Program,
  variables: Readonly<Record<string, string>>,
  { task, opt }: { readonly task: string; readonly opt: string | undefined },
): { readonly command: string; readonly args: readonly string[] } {
  const wrapper = variables['AWS_LAMBDA_EXEC_WRAPPER'];
  if (wrapper === undefined || wrapper === '' || !program.framed) return program;
  const command = wrapper.startsWith('/var/task/')
    ? join(task, wrapper.slice('/var/task/'.length))
    : wrapper.startsWith('/opt/') && opt !== undefined
      ? join(opt, wrapper.slice('/opt/'.length))
      : wrapper;
  return { command, args: [program.command, ...program.args] };
}
