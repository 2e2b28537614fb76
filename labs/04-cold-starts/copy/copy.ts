import {
  CreateFunctionCommand,
  DeleteFunctionCommand,
  ResourceConflictException,
  ResourceNotFoundException,
  UpdateFunctionConfigurationCommand,
  type CreateFunctionRequest,
} from '@aws-sdk/client-lambda';
import { downloadZip } from '../../deployed-package/deployed-package.ts';
import { settled, type Platform } from '../../function-ready/settled.ts';
import { logGroupOf, type Configuration } from './function.ts';
import { tidying } from '../../tidying/tidying.ts';

/*
 * How a function starts shows when it starts, and a change makes it start. The student's own function must stay as
 * it is, even if this program is killed half-way. So a copy is made, called and changed instead: the same package,
 * role, memory and variables, under a name that the lab keeps for it. One that a killed run left is replaced.
 */
export interface Copy {
  readonly name: string;
  /** Changes a variable that nobody reads: from now on every environment is a new one. */
  renew(): Promise<void>;
}

/** What differs from the function that is copied. */
export interface CopyOptions {
  readonly name: string;
  readonly memoryMB?: number;
}

/** Runs `use` with a copy of a function, and deletes the copy whatever happens. */
export async function withCopy<T>(
  platform: Platform,
  of: Configuration,
  { name, memoryMB }: CopyOptions,
  use: (copy: Copy) => Promise<T>,
): Promise<T> {
  const { lambda } = platform.clients;
  let changes = 0;
  const variables = () => ({
    Variables: { ...of.Environment?.Variables, COLDSTART_COPY: String((changes += 1)) },
  });
  const ready = async () => {
    const found = await settled(platform, name);
    if (found?.State === 'Active' && found.LastUpdateStatus !== 'Failed') return;
    const reason = found?.StateReason ?? found?.LastUpdateStatusReason ?? found?.State ?? 'missing';
    throw new Error(`The copy ${name} did not become Active: ${reason}.`);
  };
  const zip = await downloadZip(platform.clients.lambda, of.FunctionName ?? '');
  try {
    await create(platform, {
      ...copied(of),
      ...(memoryMB === undefined ? {} : { MemorySize: memoryMB }),
      FunctionName: name,
      Code: { ZipFile: zip },
      Environment: variables(),
    });
    await ready();
    return await use({
      name,
      async renew() {
        await lambda.send(
          new UpdateFunctionConfigurationCommand({ FunctionName: name, Environment: variables() }),
        );
        await ready();
      },
    });
  } finally {
    await remove(platform, name);
  }
}

/** What a copy has in common with the student's function. */
function copied(of: Configuration): Omit<CreateFunctionRequest, 'FunctionName' | 'Code'> {
  const layers = of.Layers?.flatMap(({ Arn }) => Arn ?? []) ?? [];
  return {
    Role: of.Role,
    Runtime: of.Runtime,
    Handler: of.Handler,
    MemorySize: of.MemorySize,
    Timeout: of.Timeout,
    Architectures: of.Architectures,
    EphemeralStorage: of.EphemeralStorage,
    ...(layers.length === 0 ? {} : { Layers: layers }),
    Description: 'Made by Coldstart, and deleted by it',
    // In the function's own group, so that the copy leaves none behind; REPORT lines are the same in every format.
    LoggingConfig: { LogGroup: logGroupOf(of), LogFormat: 'Text' },
  };
}

async function create(platform: Platform, request: CreateFunctionRequest): Promise<void> {
  const { lambda } = platform.clients;
  try {
    await lambda.send(new CreateFunctionCommand(request));
  } catch (error) {
    if (!(error instanceof ResourceConflictException)) throw error;
    await remove(platform, request.FunctionName ?? '');
    await lambda.send(new CreateFunctionCommand(request));
  }
}

async function remove({ clients }: Platform, name: string): Promise<void> {
  try {
    await clients.lambda.send(new DeleteFunctionCommand({ FunctionName: name }), tidying());
  } catch (error) {
    if (!(error instanceof ResourceNotFoundException)) throw error;
  }
}
