import { randomBytes } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { DeleteAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import {
  CreateLogGroupCommand,
  DeleteLogGroupCommand,
  DescribeLogGroupsCommand,
  FilterLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  DeleteRoleCommand,
  DetachRolePolicyCommand,
} from '@aws-sdk/client-iam';
import {
  CreateFunctionCommand,
  DeleteFunctionCommand,
  GetFunctionConfigurationCommand,
  type CreateFunctionRequest,
} from '@aws-sdk/client-lambda';
import { strToU8, zipSync } from 'fflate';
import type { Clients, Deadline, HttpAnswer, HttpRequest, Invoked } from '../api.ts';
import { http } from '../run/http.ts';
import { invoke } from '../run/invoke.ts';
import { throwawayStart } from '../resource-name.ts';
import { poll } from '../run/until.ts';
import { viewOf } from '../targets/clients/view.ts';
import { invokeUrl } from '../targets/invoke-url.ts';
import type { Target } from '../targets/target.ts';

/** Resources for trials, each under a name of its own, all removed at the end. */
export interface Throwaway {
  /** Makes a role that the given service may assume. @returns its ARN */
  role(service: string): Promise<string>;
  /**
   * Makes a function and waits until it can be invoked.
   * @param trusted whether the role trusts Lambda: then a refusal may only mean that AWS does not know it yet
   * @throws the SDK's error where the target refuses it
   */
  make(source: Source, role: string, trusted?: boolean): Promise<string>;
  invoke(functionName: string, payload: unknown): Promise<Invoked>;
  /** Messages in the function's log group; none while there is no group. */
  messages(functionName: string): Promise<readonly string[]>;
  /** The target's clients, for what no method here does. */
  readonly clients: Clients;
  /** Makes a log group. @returns its name, and the time at which it was made: ms since 1970, by the target's clock */
  group(): Promise<{ readonly name: string; readonly made: number }>;
  /** Names what a trial makes with the clients, and registers how it is removed: what was made last goes first. */
  named(remove: (clients: Clients, name: string) => Promise<unknown>): string;
  /** Asks the stage of a REST API. @param path after the stage */
  ask(apiId: string, stage: string, path: string, headers: HttpRequest['headers']): Promise<HttpAnswer>;
  /** The name of a function that nobody has. */
  readonly nobody: string;
  /** A name for an alarm or a metric; an alarm of this name is removed. */
  alarmName(): string;
  until<T>(what: Deadline, look: () => Promise<T | undefined>): Promise<T | undefined>;
  /** Removes all of it, whether the run was stopped or not. */
  remove(): Promise<void>;
}

export interface Source {
  readonly runtime: NonNullable<CreateFunctionRequest['Runtime']>;
  /** File name and content; the handler is its export `handler`. */
  readonly file: string;
  readonly code: string;
  readonly logging?: CreateFunctionRequest['LoggingConfig'];
}

const writesLogs = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';
/** IAM tells all of AWS of a new role within seconds; until then Lambda cannot assume it. */
const roleSeconds = 30;
/** A trial's function is done in milliseconds. */
const functionSeconds = 30;

/** @param prefix `LAB_PREFIX`: an account that students share lets each of them make their own names alone */
export function openThrowaway(target: Target, signal: AbortSignal, prefix: string): Promise<Throwaway> {
  const during = <T>(_: string, work: Promise<T>) => work;
  const clients = viewOf(target.pool, { during, signal });
  // What is there must go, even if the run was stopped.
  const unstopped = new AbortController().signal;
  const removing = viewOf(target.pool, { during, signal: unstopped });
  // Trials make many calls at once, each listens, and Node.js would print a warning.
  setMaxListeners(0, signal, unstopped);
  const roles: string[] = [];
  const functions: string[] = [];
  const groups: string[] = [];
  const alarms: string[] = [];
  const removals: (() => Promise<unknown>)[] = [];
  const newName = () => `${prefix}${throwawayStart}${randomBytes(6).toString('hex')}`;
  const until: Throwaway['until'] = (what, look) => poll(look, target.deadlines[what], signal);

  return Promise.resolve({
    async role(service) {
      const name = newName();
      roles.push(name);
      const { Role } = await clients.iam.send(
        new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: trusting(service) }),
      );
      await clients.iam.send(new AttachRolePolicyCommand({ RoleName: name, PolicyArn: writesLogs }));
      return Role?.Arn ?? '';
    },
    async make({ runtime, file, code, logging }, role, trusted = true) {
      const name = newName();
      functions.push(name);
      const command = new CreateFunctionCommand({
        FunctionName: name,
        Runtime: runtime,
        Role: role,
        Handler: `${file.replace(/\.[^.]+$/, '')}.handler`,
        Code: { ZipFile: zipSync({ [file]: strToU8(code) }) },
        LoggingConfig: logging,
        // A machine with much to do must not look like a server that lacks something.
        Timeout: functionSeconds,
      });
      // Only AWS itself needs time before a role is known everywhere.
      const seconds = trusted && target.name === 'aws' ? roleSeconds : 0;
      await create(clients, command, seconds, signal);
      await until('functionActive', async () => {
        const { State } = await clients.lambda.send(
          new GetFunctionConfigurationCommand({ FunctionName: name }),
        );
        return State === 'Pending' ? undefined : true;
      });
      return name;
    },
    invoke: (name, payload) => invoke(clients, name, payload),
    messages: (name) => messagesOf(clients, name),
    until,
    clients,
    nobody: `${prefix}${throwawayStart}nobody`,
    async group() {
      const name = newName();
      groups.push(name);
      await clients.logs.send(new CreateLogGroupCommand({ logGroupName: name }));
      const { logGroups = [] } = await clients.logs.send(
        new DescribeLogGroupsCommand({ logGroupNamePrefix: name }),
      );
      return { name, made: logGroups[0]?.creationTime ?? Date.now() };
    },
    named(remove) {
      const name = newName();
      removals.unshift(() => remove(removing, name));
      return name;
    },
    ask: (apiId, stage, path, headers) =>
      http(unlabelled, `${invokeUrl(target, apiId, stage)}${path}`, { headers }, signal),
    alarmName() {
      const name = newName();
      alarms.push(name);
      return name;
    },
    async remove() {
      for (const remove of removals) await gone(remove());
      for (const name of functions) {
        await gone(removing.lambda.send(new DeleteFunctionCommand({ FunctionName: name })));
        await gone(removing.logs.send(new DeleteLogGroupCommand({ logGroupName: groupOf(name) })));
      }
      for (const name of groups)
        await gone(removing.logs.send(new DeleteLogGroupCommand({ logGroupName: name })));
      if (alarms.length > 0)
        await gone(removing.cloudwatch.send(new DeleteAlarmsCommand({ AlarmNames: alarms })));
      for (const name of roles) {
        await gone(removing.iam.send(new DetachRolePolicyCommand({ RoleName: name, PolicyArn: writesLogs })));
        await gone(removing.iam.send(new DeleteRoleCommand({ RoleName: name })));
      }
    },
  });
}

/** Nobody reads what a trial has sent. */
const unlabelled = { request: '', answer: '' };

const groupOf = (functionName: string) => `/aws/lambda/${functionName}`;

const trusting = (service: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
  });

const isNamed = (error: unknown, name: string) => error instanceof Error && error.name === name;

/** Creates a function, again and again where a role is not known everywhere yet. */
async function create(
  clients: Clients,
  command: CreateFunctionCommand,
  seconds: number,
  signal: AbortSignal,
): Promise<void> {
  let refused: unknown;
  const attempt = async (): Promise<true | undefined> => {
    try {
      await clients.lambda.send(command);
      return true;
    } catch (error) {
      if (!(error instanceof Error) || !/cannot be assumed by Lambda/i.test(error.message)) throw error;
      refused = error;
      return undefined;
    }
  };
  if (!(await poll(attempt, seconds, signal))) throw refused;
}

async function messagesOf(clients: Clients, functionName: string): Promise<readonly string[]> {
  const messages: string[] = [];
  let nextToken: string | undefined;
  try {
    do {
      const page = await clients.logs.send(
        new FilterLogEventsCommand({ logGroupName: groupOf(functionName), nextToken }),
      );
      for (const { message } of page.events ?? []) if (message !== undefined) messages.push(message);
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
  } catch (error) {
    if (!isNamed(error, 'ResourceNotFoundException')) throw error;
  }
  return messages;
}

/** What cannot be removed is not worth losing a result for; most often it was never made. */
async function gone(removal: Promise<unknown>): Promise<void> {
  try {
    await removal;
  } catch {
    // Its name says whose it is: `coldstart-probe-…`.
  }
}
