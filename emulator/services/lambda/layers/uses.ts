import type { Cloud } from '../../../cloud.ts';
import type { Call } from '../../../service/call.ts';
import type { LambdaContext } from '../context.ts';
import { accessDenied, constraintBroken, invalidParameter } from '../failures.ts';
import type { LayerUse, PackageReference } from '../functions/record.ts';
import { contentsSize } from '../package/contents.ts';
import { unzippedLimit } from '../package/limits.ts';
import { mayUse } from './access.ts';
import { readLayerVersionArn } from './layers.ts';

const most = 5;

/**
 * The layers that a function shall have, in the order in which they are laid over one another.
 * @param code the function's own package: with its layers it may not be larger than 250 MB
 * @throws ServiceFailure for more than five, for the same layer twice, and for what is not there
 */
export async function checkLayers(
  { cloud, layers }: LambdaContext,
  call: Call,
  arns: readonly string[],
  code: PackageReference,
): Promise<readonly LayerUse[]> {
  if (arns.length > most) throw invalidParameter(`Cannot reference more than ${most} layers.`);
  const seen = new Map<string, string>();
  const uses: LayerUse[] = [];
  for (const arn of arns) {
    const named = readLayerVersionArn(arn);
    if (named === undefined) {
      throw constraintBroken(
        `[${arns.join(', ')}]`,
        'layers',
        'Member must satisfy constraint: [Member must have length less than or equal to 2048, Member must have length greater than or equal to 1, Member must satisfy regular expression pattern: (arn:[a-zA-Z0-9-]+:lambda:[a-zA-Z0-9-]+:\\d{12}:layer:[a-zA-Z0-9-_]+:[0-9]+)|(arn:[a-zA-Z0-9-]+:lambda:::awslayer:[a-zA-Z0-9-_]+), Member must not be null]',
      );
    }
    const { scope, name, version } = named;
    if (scope.region !== call.region) {
      throw invalidParameter(
        `Layers are not in the same region as the function. Layers are expected to be in region ${call.region}.`,
      );
    }
    const layer = arn.slice(0, arn.lastIndexOf(':'));
    const other = seen.get(layer);
    if (other !== undefined) {
      throw invalidParameter(
        `Two different versions of the same layer are not allowed to be referenced in the same function. ${other} and ${arn} are versions of the same layer.`,
      );
    }
    seen.set(layer, arn);
    const found = layers.find(scope, name, version);
    if (scope.account !== call.account && (found === undefined || !mayUse(call, scope, found))) {
      throw accessDenied(
        `User: ${call.principal.arn} is not authorized to perform: lambda:GetLayerVersion on resource: ${arn} because no resource-based policy allows the lambda:GetLayerVersion action`,
      );
    }
    if (found === undefined) throw invalidParameter(`Layer version ${arn} does not exist.`);
    uses.push({ arn, blob: found.code.blob, size: found.code.size });
  }
  await checkSize(cloud, uses, code);
  return uses;
}

/** @throws ServiceFailure where a package and its layers are larger than 250 MB */
export async function checkSize(
  cloud: Cloud,
  uses: readonly LayerUse[],
  code: PackageReference,
): Promise<void> {
  // The package alone was judged when it was taken.
  if (uses.length === 0) return;
  let whole = 0;
  for (const { blob } of [code, ...uses]) whole += contentsSize(await cloud.blobs.get(blob));
  if (whole < unzippedLimit) return;
  throw invalidParameter(
    `Function code combined with layers exceeds the maximum allowed size of ${unzippedLimit} bytes. The actual size is ${whole} bytes.`,
  );
}
