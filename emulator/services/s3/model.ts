import * as clientSchemas from '@aws-sdk/client-s3/dist-es/schemas/schemas_0.js';
import type { Limits } from '../../service/service.ts';
import generated from './limits.json' with { type: 'json' };

/* What S3 does and its public model does not say. */

/** The form of an operation and of a structure among the client's schema constants. */
type OperationSchema = readonly [9, string, string, unknown, () => unknown, () => StructureSchema];
type StructureSchema = readonly [3, string, string, unknown, readonly string[], readonly unknown[], number?];

/**
 * Adds the status to an operation's output as a member of its own: S3 answers 206 to a range, and the model
 * states the one status 200.
 */
function withStatus(operation: OperationSchema): OperationSchema {
  const [kind, namespace, name, traits, input, output] = operation;
  const [structure, outputNamespace, outputName, outputTraits, names, members, required] = output();
  const status: StructureSchema = [
    structure,
    outputNamespace,
    outputName,
    outputTraits,
    [...names, 'StatusCode'],
    [...members, [1, { httpResponseCode: 1 }]],
    required,
  ];
  return [kind, namespace, name, traits, input, () => status];
}

const published = clientSchemas as Readonly<Record<string, unknown>> & {
  readonly GetObject$: OperationSchema;
  readonly HeadObject$: OperationSchema;
};

/** The client's schemas, with a status on the answers that can be partial. */
export const schemas: Readonly<Record<string, unknown>> = {
  ...published,
  GetObject$: withStatus(published.GetObject$),
  HeadObject$: withStatus(published.HeadObject$),
};

/** Members that S3 judges with errors of their own (recorded answers), not by the model's limits. */
const judgedHere: Readonly<Record<string, readonly string[]>> = {
  PutBucketNotificationConfiguration: ['Topic', 'Queue', 'LambdaFunction'].flatMap((kind) => [
    `NotificationConfiguration.${kind}Configurations.member.Events.member`,
    `NotificationConfiguration.${kind}Configurations.member.Filter.Key.FilterRules.member.Name`,
  ]),
  CreateBucket: ['CreateBucketConfiguration.LocationConstraint', 'CreateBucketConfiguration.Tags.member.Key'],
  PutBucketTagging: ['Tagging.TagSet.member.Key'],
  PutObjectTagging: ['Tagging.TagSet.member.Key'],
};

/** The published limits without those. */
export const limits: Limits = Object.fromEntries(
  Object.entries<Limits[string]>(generated).map(([operation, members]) => [
    operation,
    Object.fromEntries(
      Object.entries(members).filter(([member]) => judgedHere[operation]?.includes(member) !== true),
    ),
  ]),
);
