import type { Physical, Properties, ResourceType, ResourceWork } from '../resource-type.ts';
import { ifThere } from '../translate/gone.ts';
import { picked, shaped, text, told } from '../translate/shaped.ts';
import { functionNameOf } from './names.ts';
import type { Input } from './settings.ts';

/** `AWS::Lambda::Url`: the address of a function or of an alias. */
export const url: ResourceType = {
  nameOf: (properties, { scope: { region, account } }) => {
    const { FunctionName, Qualifier } = target(properties);
    const suffix = Qualifier === undefined ? '' : `:${Qualifier}`;
    return `arn:aws:lambda:${region}:${account}:function:${FunctionName}${suffix}`;
  },

  async create(properties, work): Promise<Physical> {
    const made = await work.call('lambda', 'CreateFunctionUrlConfig', {
      ...shaped<Input<'CreateFunctionUrlConfig'>>(picked(properties, 'AuthType', 'Cors', 'InvokeMode')),
      ...target(properties),
    });
    const id = made.FunctionArn ?? '';
    return { id, attributes: { FunctionArn: id, FunctionUrl: made.FunctionUrl ?? '' } };
  },

  async update(kept, wanted, work) {
    await work.call('lambda', 'UpdateFunctionUrlConfig', {
      ...target(wanted),
      ...shaped<Partial<Input<'UpdateFunctionUrlConfig'>>>({
        AuthType: wanted['AuthType'],
        Cors: wanted['Cors'] ?? {},
        InvokeMode: wanted['InvokeMode'] ?? 'BUFFERED',
      }),
    });
    return { id: kept.id, attributes: kept.attributes };
  },

  async delete({ properties }, work) {
    await ifThere(work.call('lambda', 'DeleteFunctionUrlConfig', target(properties)));
  },

  async read({ properties }: { readonly properties: Properties }, work: ResourceWork) {
    const now = await ifThere(work.call('lambda', 'GetFunctionUrlConfig', target(properties)));
    if (now === undefined) return undefined;
    const { AuthType, Cors, InvokeMode } = now;
    const all = { ...properties, AuthType, Cors: told({ ...Cors }), InvokeMode };
    return picked(told(all), ...Object.keys(properties));
  },
};

function target(properties: Properties): { FunctionName: string; Qualifier?: string } {
  const Qualifier = text(properties['Qualifier']);
  const FunctionName = functionNameOf(properties['TargetFunctionArn']);
  return { FunctionName, ...(Qualifier !== undefined && { Qualifier }) };
}
