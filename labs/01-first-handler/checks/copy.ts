import {
  CreateFunctionCommand,
  DeleteFunctionCommand,
  ResourceConflictException,
  ResourceNotFoundException,
  UpdateFunctionConfigurationCommand,
  type CreateFunctionRequest,
} from '@aws-sdk/client-lambda';
import { names } from '../names.ts';
import { settled } from '../../function-ready/settled.ts';
import { configurationOf } from './function.ts';
import { deployedOf } from './package.ts';
import { shown } from '../../wording/wording.ts';
import type { Context } from './context.ts';
import { tidying } from '../../tidying/tidying.ts';

/*
 * Whether a function follows its configuration shows only when the configuration changes. The student's own
 * function must stay as it is, even if the grader is killed half-way, so a copy is changed instead: the same
 * package, role and handler under the name that this lab keeps for it. One that a killed run left is replaced.
 */
export interface Copy {
  readonly name: string;
  /** Sets `GREETING` and `GREETING_KO` (absent: not set), and waits until it holds. */
  configure(words: GreetingWords): Promise<void>;
}

export interface GreetingWords {
  readonly GREETING: string;
  readonly GREETING_KO?: string;
}

/** Runs `use` with a copy of the student's function, and deletes the copy whatever happens. */
export async function withCopy<T>(
  context: Context,
  timeoutSeconds: number,
  words: GreetingWords,
  use: (copy: Copy) => Promise<T>,
): Promise<T> {
  const { lambda } = context.clients;
  const name = context.name(names.copy);
  const variables = (chosen: GreetingWords) => {
    const own = { ...configurationOf(context).Environment?.Variables };
    delete own.GREETING_KO;
    return { Variables: { ...own, ...chosen } };
  };
  const ready = async () => {
    const found = await settled(context, name);
    if (found?.State === 'Active' && found.LastUpdateStatus !== 'Failed') return;
    throw new Error(`The copy ${name} did not become Active: ${shown(found?.StateReason ?? found?.State)}.`);
  };
  try {
    await create(context, {
      ...copied(context),
      FunctionName: name,
      Timeout: timeoutSeconds,
      Environment: variables(words),
    });
    await ready();
    return await use({
      name,
      async configure(chosen) {
        await lambda.send(
          new UpdateFunctionConfigurationCommand({ FunctionName: name, Environment: variables(chosen) }),
        );
        await ready();
      },
    });
  } finally {
    await remove(context, name);
  }
}

/** What the copy has in common with the student's function. */
function copied(context: Context): Omit<CreateFunctionRequest, 'FunctionName'> {
  const found = configurationOf(context);
  return {
    Role: found.Role,
    Runtime: found.Runtime,
    Handler: found.Handler,
    MemorySize: found.MemorySize,
    Architectures: found.Architectures,
    Code: { ZipFile: deployedOf(context).zip },
    Description: 'Made by the Coldstart grader, and deleted by it',
    // The copy writes into the log group of the function, so that it leaves none of its own behind.
    LoggingConfig: { LogGroup: found.LoggingConfig?.LogGroup ?? `/aws/lambda/${found.FunctionName ?? ''}` },
  };
}

async function create(context: Context, request: CreateFunctionRequest): Promise<void> {
  const { lambda } = context.clients;
  try {
    await lambda.send(new CreateFunctionCommand(request));
  } catch (error) {
    if (!(error instanceof ResourceConflictException)) throw error;
    await remove(context, request.FunctionName ?? '');
    await lambda.send(new CreateFunctionCommand(request));
  }
}

async function remove(context: Context, name: string): Promise<void> {
  try {
    await context.clients.lambda.send(new DeleteFunctionCommand({ FunctionName: name }), tidying());
  } catch (error) {
    if (!(error instanceof ResourceNotFoundException)) throw error;
  }
}
