import { randomUUID } from 'node:crypto';
import type { Call } from '../../../service/call.ts';
import { required } from '../../../service/required.ts';
import type { CloudFormationOperations } from '../client.ts';
import type { Engine } from '../engine/engine.ts';
import { alreadyExists, invalid, needsCapabilities, noStackNamed, notBuilt } from '../failures.ts';
import { changesOf, isNothing } from '../planning/changes.ts';
import { checkCapabilities, prepare, type Asked, type Prepared } from '../preparing/prepare.ts';
import { changeSetArn, type ChangeSetRow, type Goal, type StackRow } from '../rows.ts';
import { callerOf, makerOf } from '../stacks/acting.ts';
import { newStack } from '../stacks/begin.ts';
import { checkName } from '../stacks/create.ts';
import { checkUpdatable, find } from '../stacks/found.ts';
import { askedAnew } from '../stacks/update.ts';
import { TemplateFailure } from '../template/failure.ts';
import { readTemplate } from '../template/read.ts';
import { templateHead } from '../template/template.ts';

type CreateInput = Parameters<NonNullable<CloudFormationOperations['CreateChangeSet']>>[0];

const UNCHANGED =
  "The submitted information didn't contain changes. Submit different information to create a change set.";

/** What a stack has of which nothing was made yet. */
const BLANK: Goal = { template: '', parameters: [], tags: {}, capabilities: [], notifications: [] };

/** What a change set has come to. */
type Outcome =
  | { readonly prepared: Prepared; readonly changes: readonly string[] }
  | { readonly prepared?: Prepared; readonly reason: string };

/** `CreateChangeSet`. */
export function createOperations(engine: Engine) {
  const { cloud, store, ledger } = engine.parts;

  const stackFor = (call: Call, input: CreateInput): StackRow => {
    const name = required(input.StackName, 'StackName');
    const stack = find(store, call, name);
    const there = stack?.status === 'DELETE_COMPLETE' ? undefined : stack;
    if (input.ChangeSetType !== 'CREATE') {
      if (there === undefined) throw noStackNamed(name);
      checkUpdatable(there);
      return there;
    }
    if (there === undefined) {
      checkName(name);
      return newStack(engine, call, name, BLANK, { status: 'REVIEW_IN_PROGRESS' });
    }
    if (there.status !== 'REVIEW_IN_PROGRESS')
      throw invalid(
        `Stack [${there.name}] already exists and cannot be created again with the changeSet [${String(input.ChangeSetName)}].`,
      );
    return there;
  };

  return {
    async CreateChangeSet(input: CreateInput, call: Call) {
      if (input.ChangeSetType === 'IMPORT') throw notBuilt('change sets of type IMPORT');
      const name = required(input.ChangeSetName, 'ChangeSetName');
      const stack = stackFor(call, input);
      const same = store.changeSets(call, stack.id).find((row) => row.name === name);
      if (same !== undefined) {
        if (input.ClientToken !== undefined && same.token === input.ClientToken)
          return { Id: same.id, StackId: stack.id };
        throw alreadyExists(`ChangeSet [${name}] already exists`);
      }
      const asked = await askedAnew(engine, call, stack, input);
      await makerOf(cloud, call, asked.roleArn);
      const outcome = await attempted(engine, call, stack, asked);
      // Others may have been at work meanwhile.
      const now = store.stack(call, stack.id) ?? store.named(call, stack.name);
      if (now === undefined) ledger.stack(call, stack, 'REVIEW_IN_PROGRESS', 'User Initiated');
      const row = rowOf(engine, call, now ?? stack, input, asked, outcome);
      store.setChangeSet(call, row);
      return { Id: row.id, StackId: row.stackId };
    },
  } satisfies CloudFormationOperations;
}

/* What is wrong with a template that has transforms is found while the change set is made, as on AWS. */
async function attempted(engine: Engine, call: Call, stack: StackRow, asked: Asked): Promise<Outcome> {
  const { parts } = engine;
  let prepared: Prepared;
  try {
    prepared = await prepare(parts, call, callerOf(call), stack, asked);
  } catch (error) {
    if (!(error instanceof TemplateFailure) || /^Parameter/.test(error.message)) throw error;
    if (templateHead(readTemplate(asked.text)).transforms.length === 0) throw error;
    return { reason: error.message };
  }
  if (!prepared.hasTransforms) checkCapabilities(prepared);
  const lacks = prepared.lacks.filter((one) => one !== 'CAPABILITY_AUTO_EXPAND');
  if (lacks.length > 0) return { prepared, reason: needsCapabilities(lacks) };
  if (stack.status !== 'REVIEW_IN_PROGRESS' && isNothing(parts, call, stack, prepared))
    return { prepared, reason: UNCHANGED };
  return { prepared, changes: changesOf(parts, call, stack, prepared).map((one) => JSON.stringify(one)) };
}

function rowOf(
  { parts: { store, cloud } }: Engine,
  call: Call,
  stack: StackRow,
  input: CreateInput,
  asked: Asked,
  outcome: Outcome,
): ChangeSetRow {
  const name = required(input.ChangeSetName, 'ChangeSetName');
  const failed = 'reason' in outcome;
  const goal: Goal = {
    ...(outcome.prepared?.goal ?? {
      ...BLANK,
      notifications: asked.notifications,
      capabilities: asked.capabilities,
    }),
    template: store.addTemplate(call, outcome.prepared?.row ?? { original: asked.text }),
  };
  return {
    id: changeSetArn(call, name, randomUUID()),
    name,
    stackId: stack.id,
    stackName: stack.name,
    type: input.ChangeSetType === 'CREATE' ? 'CREATE' : 'UPDATE',
    created: cloud.clock.now(),
    status: failed ? 'FAILED' : 'CREATE_COMPLETE',
    execution: failed ? 'UNAVAILABLE' : 'AVAILABLE',
    ...(failed && { reason: outcome.reason }),
    ...(input.Description !== undefined && { description: input.Description }),
    goal,
    changes: failed ? [] : outcome.changes,
    ...(input.OnStackFailure !== undefined && { onStackFailure: input.OnStackFailure }),
    includeNested: input.IncludeNestedStacks ?? false,
    ...(input.ClientToken !== undefined && { token: input.ClientToken }),
  };
}
