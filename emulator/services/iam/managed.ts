import { createHash } from 'node:crypto';
import managed from './managed-policies.json' with { type: 'json' };
import { uniqueId } from './rows.ts';
import type { Entities, PolicyRow } from './rows.ts';

interface ManagedPolicy {
  readonly path: string;
  readonly created: string;
  readonly updated: string;
  readonly version: string;
  readonly document: object;
}

const awsManaged: ReadonlyMap<string, PolicyRow> = new Map(
  Object.entries<ManagedPolicy>(managed).map(([name, { path, created, updated, version, document }]) => {
    const arn = `arn:aws:iam::aws:policy${path}${name}`;
    const row: PolicyRow = {
      name,
      path,
      arn,
      // AWS's own ids are not public; these are the same on every machine.
      policyId: uniqueId('ANPA', createHash('sha256').update(arn).digest()),
      created: Date.parse(created),
      updated: Date.parse(updated),
      description: undefined,
      tags: [],
      defaultVersion: version,
      versions: [{ id: version, document: JSON.stringify(document), created: Date.parse(updated) }],
      nextVersion: 0,
    };
    return [arn, row];
  }),
);

/** The AWS managed policies that this cloud knows. */
export function managedByAws(): Iterable<PolicyRow> {
  return awsManaged.values();
}

/** A managed policy by its ARN: AWS's or the account's own. */
export function managedPolicy(entities: Entities, arn: string): PolicyRow | undefined {
  return awsManaged.get(arn) ?? entities.policies.get(arn);
}

/** The document of a policy's default version. */
export function defaultDocument(policy: PolicyRow): string {
  const version = policy.versions.find(({ id }) => id === policy.defaultVersion);
  if (version === undefined) throw new Error(`${policy.arn} has no version ${policy.defaultVersion}`);
  return version.document;
}
