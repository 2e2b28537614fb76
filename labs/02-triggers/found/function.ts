import {
  GetPolicyCommand,
  paginateListEventSourceMappings,
  type EventSourceMappingConfiguration,
  type FunctionConfiguration,
} from '@aws-sdk/client-lambda';
import { ifThere } from '../../aws-errors/named.ts';
import { settled } from '../../function-ready/settled.ts';
import { members } from '../../wording/members.ts';
import type { Context } from '../checks/context.ts';
import { names, type FunctionName } from '../names.ts';

/** What Lambda calls something that is not there. */
const absent = 'ResourceNotFoundException';

export const functionName = (context: Context, name: FunctionName): string =>
  context.name(names.functions[name]);

/** The function's ARN without a version, as its own configuration gives it. */
export const functionArn = (found: FunctionConfiguration): string =>
  (found.FunctionArn ?? '').split(':').slice(0, 7).join(':');

/** The function as it is when it is neither being created nor updated; undefined where there is none. */
export const findFunction = (
  context: Context,
  name: FunctionName,
): Promise<FunctionConfiguration | undefined> => settled(context, functionName(context, name));

export type Mapping = EventSourceMappingConfiguration;

const moving = ['Creating', 'Enabling', 'Updating', 'Disabling', 'Deleting'];

/** A function's event source mappings, none of them on its way to another state. */
export async function findMappings(context: Context, name: FunctionName): Promise<readonly Mapping[]> {
  let last: Mapping[] = [];
  await context.until('effect', async () => {
    last = [];
    // A name that Lambda does not know has no mappings; some servers say so by an error.
    const pages = paginateListEventSourceMappings(
      { client: context.clients.lambda },
      { FunctionName: functionName(context, name) },
    );
    try {
      for await (const { EventSourceMappings = [] } of pages) last.push(...EventSourceMappings);
    } catch (error) {
      if (!(error instanceof Error) || error.name !== absent) throw error;
    }
    return last.some(({ State = '' }) => moving.includes(State)) ? undefined : true;
  });
  return last;
}

/** One thing that a function's resource-based policy allows. */
export interface InvokePermission {
  /** `s3.amazonaws.com`, an ARN, or `*`. */
  readonly principals: readonly string[];
  /** By the key in lower case (`aws:sourcearn`): what is asked of it, all operators together. */
  readonly conditions: ReadonlyMap<string, readonly string[]>;
  readonly statement: unknown;
}

/** What a function's resource-based policy allows. @param arn with a qualifier, where that is what is called */
export async function findPermissions(context: Context, arn: string): Promise<readonly InvokePermission[]> {
  const parts = arn.split(':');
  const answer = await ifThere(
    context.clients.lambda.send(
      new GetPolicyCommand({ FunctionName: parts.slice(0, 7).join(':'), Qualifier: parts[7] }),
    ),
    absent,
  );
  const { Statement: statements } = members(JSON.parse(answer?.Policy ?? '{}'));
  return list(statements).map(readStatement).filter(isDefined);
}

function readStatement(statement: unknown): InvokePermission | undefined {
  const { Effect, Action, Principal, Condition } = members(statement);
  if (Effect !== 'Allow') return undefined;
  if (!list(Action).some((action) => /^(\*|lambda:(\*|InvokeFunction|Invoke\*))$/i.test(String(action))))
    return undefined;
  const principals =
    typeof Principal === 'string'
      ? [Principal]
      : Object.values(members(Principal)).flatMap((one) => list(one).map(String));
  const conditions = new Map<string, readonly string[]>();
  for (const keys of Object.values(members(Condition)))
    for (const [key, values] of Object.entries(members(keys)))
      conditions.set(key.toLowerCase(), list(values).map(String));
  return { principals, conditions, statement };
}

const list = (value: unknown): unknown[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];
const isDefined = <T>(value: T | undefined): value is T => value !== undefined;
