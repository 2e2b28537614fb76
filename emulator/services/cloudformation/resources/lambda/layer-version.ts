import type { Physical, Properties, ResourceType, ResourceWork } from '../resource-type.ts';
import { ifThere } from '../translate/gone.ts';
import { picked, shaped, text, told } from '../translate/shaped.ts';
import type { Input } from './settings.ts';

const nameIn = (properties: Properties, work: ResourceWork): string =>
  text(properties['LayerName']) ?? work.name(140);

/** `AWS::Lambda::LayerVersion`. All changes of it make another one. */
export const layerVersion: ResourceType = {
  async create(properties, work): Promise<Physical> {
    const { LayerVersionArn: id = '' } = await work.call('lambda', 'PublishLayerVersion', {
      ...shaped<Input<'PublishLayerVersion'>>(properties),
      LayerName: nameIn(properties, work),
    });
    return { id, attributes: { LayerVersionArn: id } };
  },

  async delete({ id }, work) {
    await ifThere(work.call('lambda', 'DeleteLayerVersion', layerOf(id)));
  },

  async read({ id, properties }, work) {
    const now = await ifThere(work.call('lambda', 'GetLayerVersionByArn', { Arn: id }));
    if (now === undefined) return undefined;
    const { Description, CompatibleRuntimes, CompatibleArchitectures, LicenseInfo } = now;
    const all = { LayerName: properties['LayerName'], Description, CompatibleRuntimes };
    const names = Object.keys(properties).filter((name) => name !== 'Content');
    return picked(told({ ...all, CompatibleArchitectures, LicenseInfo }), ...names);
  },

  /* A drawn name is nobody else's; of a layer with a name of its own any version may be another's. */
  async find(properties, work) {
    if (properties['LayerName'] !== undefined) return undefined;
    const made = await work.call('lambda', 'ListLayerVersions', { LayerName: nameIn(properties, work) });
    const id = made.LayerVersions?.[0]?.LayerVersionArn;
    return id === undefined ? undefined : { id, attributes: { LayerVersionArn: id } };
  },
};

/** The layer and the number in a layer version's ARN. */
export function layerOf(arn: string): { LayerName: string; VersionNumber: number } {
  const at = arn.lastIndexOf(':');
  return { LayerName: arn.slice(0, at), VersionNumber: Number(arn.slice(at + 1)) };
}
