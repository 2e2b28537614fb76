import { isDeepStrictEqual } from 'node:util';
import type { Json } from '../../../../state/state.ts';
import type { Physical, Properties, ResourceType, ResourceWork } from '../resource-type.ts';
import { ifThere, orUndone } from '../translate/gone.ts';
import { listOf, membersOf, picked, text, told } from '../translate/shaped.ts';
import { functionNameOf } from './names.ts';
import { provide } from './version.ts';

const nameOf = (properties: Properties, { scope: { region, account } }: ResourceWork): string => {
  const name = functionNameOf(properties['FunctionName']);
  return `arn:aws:lambda:${region}:${account}:function:${name}:${text(properties['Name']) ?? ''}`;
};

/** `AWS::Lambda::Alias`, its weights and the processes that stand ready for it. */
export const alias: ResourceType = {
  nameOf,

  async create(properties, work): Promise<Physical> {
    const made = await work.call('lambda', 'CreateAlias', inputOf(properties));
    const id = made.AliasArn ?? nameOf(properties, work);
    const physical: Physical = { id, attributes: { AliasArn: id } };
    if (properties['ProvisionedConcurrencyConfig'] !== undefined)
      await orUndone(
        () => ready(properties, work),
        () => alias.delete({ ...physical, properties }, work),
      );
    return physical;
  },

  async update(kept, wanted, work) {
    const changed = !isDeepStrictEqual(
      kept.properties['ProvisionedConcurrencyConfig'],
      wanted['ProvisionedConcurrencyConfig'],
    );
    // What stands ready and what has weights exclude one another: it goes before weights come.
    if (changed && wanted['ProvisionedConcurrencyConfig'] === undefined) await ready(wanted, work);
    await work.call('lambda', 'UpdateAlias', inputOf(wanted));
    if (wanted['ProvisionedConcurrencyConfig'] !== undefined) await ready(wanted, work);
    return { id: kept.id, attributes: kept.attributes };
  },

  async delete({ properties }, work) {
    const { FunctionName, Name } = inputOf(properties);
    await ifThere(work.call('lambda', 'DeleteAlias', { FunctionName, Name }));
  },

  async read({ properties }, work) {
    const { FunctionName, Name } = inputOf(properties);
    const now = await ifThere(work.call('lambda', 'GetAlias', { FunctionName, Name }));
    if (now === undefined) return undefined;
    const weights = Object.entries(now.RoutingConfig?.AdditionalVersionWeights ?? {});
    const all = {
      ...properties,
      FunctionVersion: now.FunctionVersion,
      Description: now.Description,
      RoutingConfig: {
        AdditionalVersionWeights: weights.map(([FunctionVersion, FunctionWeight]) => ({
          FunctionVersion,
          FunctionWeight,
        })),
      },
    };
    return picked(told(all), ...Object.keys(properties));
  },
};

const ready = async (properties: Properties, work: ResourceWork): Promise<void> => {
  const { FunctionName, Name } = inputOf(properties);
  await provide(FunctionName, Name, properties['ProvisionedConcurrencyConfig'], work);
};

function inputOf(properties: Properties) {
  return {
    FunctionName: text(properties['FunctionName']) ?? '',
    Name: text(properties['Name']) ?? '',
    FunctionVersion: text(properties['FunctionVersion']),
    Description: text(properties['Description']) ?? '',
    RoutingConfig: { AdditionalVersionWeights: weightsOf(properties['RoutingConfig']) },
  };
}

/* CloudFormation has a list, the operation a map. */
const weightsOf = (routing: Json | undefined): Record<string, number> =>
  Object.fromEntries(
    listOf(membersOf(routing)['AdditionalVersionWeights']).map((one) => {
      const { FunctionVersion, FunctionWeight } = membersOf(one);
      return [text(FunctionVersion) ?? '', Number(FunctionWeight)];
    }),
  );
