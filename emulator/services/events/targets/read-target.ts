import type { Target } from '@aws-sdk/client-eventbridge';
import { invalid, notBuilt } from '../failures.ts';
import { JsonTokens } from '../pattern/tokens.ts';
import type { TargetRow } from '../rows.ts';
import { parseJsonPath } from './json-path.ts';
import { targetKind } from './kind.ts';
import { isJsonTemplate, PREDEFINED, variablesOf } from './transformer.ts';

/** Parameters of targets that are not built. */
const UNBUILT = [
  'RunCommandParameters',
  'EcsParameters',
  'BatchParameters',
  'HttpParameters',
  'RedshiftDataParameters',
  'SageMakerPipelineParameters',
  'AppSyncParameters',
] as const;

/** Checks a target as a request has it. @throws ValidationException */
export function readTarget(target: Target): TargetRow {
  const { Id: id = '', Arn: arn = '', RoleArn, SqsParameters, KinesisParameters } = target;
  const kind = targetKind(arn);
  if (kind === undefined)
    throw invalid(`Parameter ${arn} is not valid. Reason: Provided Arn is not in correct format.`);
  if (kind.kind === 'unbuilt') throw notBuilt(`targets of ${kind.service} (${arn})`);
  const unbuilt = UNBUILT.find((name) => target[name] !== undefined);
  if (unbuilt !== undefined) throw notBuilt(`targets with ${unbuilt}`);
  if (kind.kind === 'kinesis' && RoleArn === undefined)
    throw invalid(`RoleArn is required for target ${arn}.`);
  if (kind.kind === 'sqs' && kind.fifo && SqsParameters?.MessageGroupId === undefined)
    throw invalid(`Parameter(s) MessageGroupId must be specified for target: ${id}.`);
  const path = KinesisParameters?.PartitionKeyPath;
  if (path !== undefined && parseJsonPath(path) === undefined)
    throw invalid(`Parameter PartitionKeyPath for target ${id} is not a valid JSONPath: ${path}.`);
  const deadLetters = target.DeadLetterConfig?.Arn;
  if (deadLetters !== undefined && targetKind(deadLetters)?.kind !== 'sqs')
    throw invalid(`Parameter ${deadLetters} is not valid. Reason: Provided Arn is not in correct format.`);
  const { MaximumRetryAttempts, MaximumEventAgeInSeconds } = target.RetryPolicy ?? {};
  return {
    id,
    arn,
    ...readInput(id, target),
    ...(RoleArn === undefined ? {} : { role: RoleArn }),
    ...(deadLetters === undefined ? {} : { deadLetters }),
    ...(MaximumRetryAttempts === undefined ? {} : { mostRetries: MaximumRetryAttempts }),
    ...(MaximumEventAgeInSeconds === undefined ? {} : { mostAgeSeconds: MaximumEventAgeInSeconds }),
    ...(SqsParameters?.MessageGroupId === undefined ? {} : { groupId: SqsParameters.MessageGroupId }),
    ...(path === undefined ? {} : { partitionKeyPath: path }),
  };
}

function readInput(id: string, target: Target): Partial<TargetRow> {
  const { Input: input, InputPath: inputPath, InputTransformer: transformer } = target;
  if ([input, inputPath, transformer].filter((given) => given !== undefined).length > 1)
    throw invalid(`Only one of Input, InputPath, or InputTransformer must be provided for target ${id}.`);
  if (input !== undefined) {
    const place = misplaced(input);
    if (place !== undefined) throw invalid(`JSON syntax error in input for target ${id} : ${place}.`);
    return { input };
  }
  if (inputPath !== undefined) {
    checkPath(id, inputPath);
    return { inputPath };
  }
  if (transformer === undefined) return {};
  const { InputPathsMap: paths = {}, InputTemplate: template = '' } = transformer;
  for (const [name, path] of Object.entries(paths)) {
    if (/^aws\./i.test(name))
      throw invalid(
        `InputPathsMap for target ${id} contains a key that begins with AWS., which is reserved.`,
      );
    checkPath(id, path);
  }
  const unknown = variablesOf(template).find(
    (name) => !Object.hasOwn(paths, name) && !Object.hasOwn(PREDEFINED, name),
  );
  if (unknown !== undefined)
    throw invalid(`InputTemplate for target ${id} contains invalid placeholder ${unknown}.`);
  if (!isJsonTemplate(template))
    throw invalid(`Invalid InputTemplate for target ${id} : ${misplaced(template) ?? template}.`);
  return { transformer: { paths: { ...paths }, template } };
}

function checkPath(id: string, path: string): void {
  if (parseJsonPath(path) === undefined) throw invalid(`Invalid JSONPath ${path} for target ${id}.`);
}

/** Where a text stops being JSON, as AWS shows the place; undefined where it is JSON. */
function misplaced(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch {
    const tokens = new JsonTokens(text);
    try {
      while (tokens.next() !== 'end');
    } catch (error) {
      return / at (\[Source: .*\])$/s.exec(error instanceof Error ? error.message : '')?.[1];
    }
    return `[Source: (String)"${text}"]`;
  }
}
