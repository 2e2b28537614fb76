import { notBuilt } from '../failures.ts';

/* What members stand for that this emulator does not have. A member that is neither here nor read is refused by name. */
const meanings: Readonly<Record<string, string>> = {
  CapacityProviderConfig: 'capacity providers (Lambda Managed Instances)',
  CodeSigningConfigArn: 'code signing',
  DurableConfig: 'durable functions',
  FileSystemConfigs: 'EFS and S3 Files mounts',
  ImageConfig: 'container images',
  ImageUri: 'container images',
  PublishTo: 'versions without a number',
  SourceKMSKeyArn: 'packages encrypted with a KMS key',
  TenancyConfig: 'tenant isolation',
  VpcConfig: 'VPCs',
};

/**
 * Refuses what is asked for and not there, so that no setting is accepted and then has no effect. Members that
 * ask for nothing (false, an empty list or structure) pass, because tools send them.
 *
 * @param read the members that the operation reads
 * @throws ServiceFailure that names what is missing
 */
export function refuseUnsupported(input: object, read: readonly string[]): void {
  for (const [member, value] of Object.entries(input)) {
    if (read.includes(member) || asksForNothing(value)) continue;
    throw notBuilt(meanings[member] ?? `the parameter ${member}`);
  }
}

function asksForNothing(value: unknown): boolean {
  if (value === undefined || value === null || value === false || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === 'object' && Object.values(value).every(asksForNothing);
}
