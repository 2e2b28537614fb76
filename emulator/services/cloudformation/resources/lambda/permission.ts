import type { Json } from '../../../../state/state.ts';
import type { Physical, ResourceType } from '../resource-type.ts';
import { ifThere } from '../translate/gone.ts';
import { picked, shaped, text, told } from '../translate/shaped.ts';
import type { Input } from './settings.ts';

/** A statement of a function's policy, as far as it is compared. */
interface Statement {
  readonly Sid?: string;
  readonly Action?: string;
  readonly Principal?: string | Readonly<Record<string, string>>;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, Json>>>>;
}

/** `AWS::Lambda::Permission`: one statement of a function's policy. All changes of it make it anew. */
export const permission: ResourceType = {
  nameOf: (_properties, work) => work.name(100),

  async create(properties, work): Promise<Physical> {
    const id = work.name(100);
    await work.call('lambda', 'AddPermission', {
      ...shaped<Input<'AddPermission'>>(properties),
      StatementId: id,
    });
    return { id, attributes: { Id: id } };
  },

  async delete({ id, properties }, work) {
    const FunctionName = text(properties['FunctionName']) ?? '';
    await ifThere(work.call('lambda', 'RemovePermission', { FunctionName, StatementId: id }));
  },

  async read({ id, properties }, work) {
    const FunctionName = text(properties['FunctionName']) ?? '';
    const policy = await ifThere(work.call('lambda', 'GetPolicy', { FunctionName }));
    const { Statement: all = [] } = JSON.parse(policy?.Policy ?? '{}') as { Statement?: Statement[] };
    const found = all.find(({ Sid }) => Sid === id);
    if (found === undefined) return undefined;
    const { StringEquals = {}, ArnLike = {} } = found.Condition ?? {};
    const now = {
      ...properties,
      Action: found.Action,
      Principal: principalOf(found.Principal, text(properties['Principal'])),
      SourceArn: ArnLike['AWS:SourceArn'],
      SourceAccount: StringEquals['AWS:SourceAccount'],
      FunctionUrlAuthType: StringEquals['lambda:FunctionUrlAuthType'],
      PrincipalOrgID: StringEquals['aws:PrincipalOrgID'],
      EventSourceToken: StringEquals['lambda:EventSourceToken'],
    };
    return picked(told(now), ...Object.keys(properties));
  },
};

/* An account is told by the ARN of its owner. */
function principalOf(now: Statement['Principal'], given: string | undefined): string | undefined {
  const value = typeof now === 'object' ? Object.values(now)[0] : now;
  return given !== undefined && value === `arn:aws:iam::${given}:root` ? given : value;
}
