import type { Json } from '../../../../state/state.ts';
import { ResourceFailure } from '../resource-type.ts';
import type { Properties, ResourceWork } from '../resource-type.ts';
import { exchange } from '../translate/exchange.ts';
import { ifThere } from '../translate/gone.ts';
import { documentText, listOf, membersOf, text } from '../translate/shaped.ts';

/** An inline policy and the role that it stands in. */
export interface Placed {
  readonly role: string;
  readonly name: string;
  readonly document: Json | undefined;
}

/** Puts inline policies where they are wanted, and takes them from where they are wanted no more. @throws ServiceFailure as IAM has it */
export async function place(
  wanted: readonly Placed[],
  before: readonly Placed[],
  work: ResourceWork,
): Promise<void> {
  await exchange(wanted, before, {
    key: ({ role, name }) => `${role} ${name}`,
    put: ({ role, name, document }) =>
      work.call('iam', 'PutRolePolicy', {
        RoleName: role,
        PolicyName: name,
        PolicyDocument: documentText(document),
      }),
    remove: ({ role, name }) => work.call('iam', 'DeleteRolePolicy', { RoleName: role, PolicyName: name }),
  });
}

/** An inline policy's document, percent-encoded; undefined where it is not there. */
export async function documentOf({ role, name }: Placed, work: ResourceWork): Promise<string | undefined> {
  const found = await ifThere(work.call('iam', 'GetRolePolicy', { RoleName: role, PolicyName: name }));
  return found?.PolicyDocument;
}

/** The inline policies of `Policies` of a role. */
export const policiesOf = (role: string, properties: Properties): Placed[] =>
  listOf(properties['Policies']).map((policy) => {
    const { PolicyName, PolicyDocument } = membersOf(policy);
    return { role, name: text(PolicyName) ?? '', document: PolicyDocument };
  });

/** The names of `Roles`. @throws ResourceFailure where users or groups are spoken of, which this cloud does not have */
export function rolesOf(properties: Properties): string[] {
  for (const kind of ['Users', 'Groups'])
    if (listOf(properties[kind]).length > 0)
      throw new ResourceFailure(`This cloud has no IAM ${kind.toLowerCase()}: policies belong to roles.`);
  return listOf(properties['Roles']).map((role) => text(role) ?? '');
}
