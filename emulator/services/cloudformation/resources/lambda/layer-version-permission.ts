import type { Physical, ResourceType, ResourceWork } from '../resource-type.ts';
import { ifThere } from '../translate/gone.ts';
import { shaped, text } from '../translate/shaped.ts';
import { layerOf } from './layer-version.ts';
import type { Input } from './settings.ts';

const nameOf = (arn: string | undefined, work: ResourceWork): string => `${arn ?? ''}#${work.name(100)}`;

/** `AWS::Lambda::LayerVersionPermission`: who else may use a layer. All changes of it make it anew. */
export const layerVersionPermission: ResourceType = {
  nameOf: (properties, work) => nameOf(text(properties['LayerVersionArn']), work),

  async create(properties, work): Promise<Physical> {
    const { LayerVersionArn, ...rest } = properties;
    const arn = text(LayerVersionArn) ?? '';
    await work.call('lambda', 'AddLayerVersionPermission', {
      ...shaped<Input<'AddLayerVersionPermission'>>(rest),
      ...layerOf(arn),
      StatementId: work.name(100),
    });
    const id = nameOf(arn, work);
    return { id, attributes: { Id: id } };
  },

  async delete({ id }, work) {
    const [arn = '', StatementId = ''] = id.split('#');
    await ifThere(work.call('lambda', 'RemoveLayerVersionPermission', { ...layerOf(arn), StatementId }));
  },

  async read({ id, properties }, work) {
    const [arn = '', sid] = id.split('#');
    const found = await ifThere(work.call('lambda', 'GetLayerVersionPolicy', layerOf(arn)));
    const { Statement = [] } = JSON.parse(found?.Policy ?? '{}') as { Statement?: { Sid?: string }[] };
    return Statement.some(({ Sid }) => Sid === sid) ? properties : undefined;
  },
};
