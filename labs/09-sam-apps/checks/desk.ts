import { members } from '../../wording/members.ts';
import { listed, shown } from '../../wording/wording.ts';
import { deployedStack, ofType, type FoundStack, type Tree } from '../found/stack.ts';
import type { Context, LabCheck } from './context.ts';

const apiTypes = ['AWS::ApiGatewayV2::Api', 'AWS::ApiGateway::RestApi'];
export const scheduleTypes = ['AWS::Scheduler::Schedule', 'AWS::Events::Rule'];
const parts: readonly (readonly string[])[] = [
  apiTypes,
  ['AWS::DynamoDB::Table'],
  ['AWS::SQS::Queue'],
  ['AWS::Lambda::EventSourceMapping'],
  scheduleTypes,
];
/** What all functions of a template have in common, if they say it at all. */
const common = ['Runtime', 'MemorySize', 'Timeout', 'LoggingConfig'] as const;

const desk: LabCheck = {
  id: 'desk',
  title: (text) => text.desk.title,
  points: 5,
  verifiedOn: ['embedded'],
  requires: ['samTransform'],
  hints: (text) => text.desk.hints,
  async run(context): Promise<FoundStack> {
    const stack = await deployedStack(context, 'desk');
    hasParts(context, stack);
    hasGlobals(context, stack.original);
    hasParameters(context, stack);
    hasOutputs(context, stack);
    return stack;
  },
};

function hasParts(context: Context, stack: FoundStack): void {
  const missing = parts.find((types) => ofType(stack, ...types).length === 0);
  if (missing !== undefined)
    context.fail({
      ...context.text.stack.noResource(stack.name, missing[0] ?? ''),
      expected: missing.join(', '),
      actual: [...new Set(stack.resources.map(({ type }) => type))].join(', '),
    });
  const functions = ofType(stack, 'AWS::Lambda::Function');
  if (functions.length < 3)
    context.fail({
      ...context.text.desk.fewFunctions(functions.length),
      expected: '3',
      actual: functions.map(({ logicalId }) => logicalId).join(', '),
    });
}

function hasGlobals(context: Context, original: Tree): void {
  const { desk: text } = context.text;
  const shared = members(members(original.Globals).Function);
  const functions = Object.values(members(original.Resources))
    .map(members)
    .filter(({ Type }) => Type === 'AWS::Serverless::Function')
    .map(({ Properties }) => members(Properties));
  const repeated = common.filter(
    (name) => functions.filter((each) => each[name] !== undefined && alike(each, functions, name)).length > 1,
  );
  if (repeated.length > 0)
    context.fail({ ...text.repeated(listed(context.text, repeated)), expected: 'Globals.Function' });
  if (functions.length > 1 && Object.keys(shared).length === 0)
    context.fail({ ...text.noGlobals, expected: 'Globals.Function' });
}

/** Another function says the same. */
const alike = (one: Tree, all: readonly Tree[], name: string): boolean =>
  all.some((other) => other !== one && shown(other[name]) === shown(one[name]));

/** The schedule's own expression is one of the parameters: whoever deploys decides how often. */
function hasParameters(context: Context, { original, processed }: FoundStack): void {
  const names = Object.keys(members(original.Parameters));
  const schedules = Object.values(members(processed.Resources))
    .map(members)
    .filter(({ Type }) => scheduleTypes.includes(String(Type)))
    .map(({ Properties }) => members(Properties).ScheduleExpression);
  const asked = schedules.some((expression) =>
    names.some((name) => new RegExp(`"Ref":"${name}"|\\$\\{${name}\\}`).test(shown(expression))),
  );
  if (asked) return;
  context.fail({
    ...context.text.desk.fixedSchedule,
    expected: '!Ref SweepEvery',
    actual: shown(schedules[0]),
  });
}

function hasOutputs(context: Context, stack: FoundStack): void {
  const values = Object.values(stack.outputs);
  const told = (type: string) =>
    ofType(stack, type).some(({ physicalId }) => values.some((value) => value === physicalId));
  const missing = ['AWS::DynamoDB::Table', 'AWS::SQS::Queue'].find((type) => !told(type));
  if (missing === undefined) return;
  context.fail({
    ...context.text.desk.noOutput(missing),
    expected: missing,
    actual: Object.keys(stack.outputs).join(', '),
  });
}

export const deskChecks = { desk };
