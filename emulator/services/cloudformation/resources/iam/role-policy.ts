import type { Physical, Properties, ResourceType } from '../resource-type.ts';
import { text, told } from '../translate/shaped.ts';
import { answeredDocument } from './documents.ts';
import { documentOf, place } from './inline.ts';
import type { Placed } from './inline.ts';

const placeOf = (properties: Properties): Placed => ({
  role: text(properties['RoleName']) ?? '',
  name: text(properties['PolicyName']) ?? '',
  document: properties['PolicyDocument'],
});

const nameOf = (properties: Properties): string => {
  const { name, role } = placeOf(properties);
  return `${name}|${role}`;
};

/** `AWS::IAM::RolePolicy`: one inline policy in one role. */
export const rolePolicy: ResourceType = {
  nameOf,

  async create(properties, work): Promise<Physical> {
    await place([placeOf(properties)], [], work);
    return { id: nameOf(properties), attributes: {} };
  },

  async update(kept, wanted, work) {
    await place([placeOf(wanted)], [placeOf(kept.properties)], work);
    return { id: kept.id, attributes: kept.attributes };
  },

  async delete(kept, work) {
    await place([], [placeOf(kept.properties)], work);
  },

  async read({ properties }, work) {
    const one = placeOf(properties);
    const document = await documentOf(one, work);
    if (document === undefined) return undefined;
    return told({
      PolicyName: one.name,
      RoleName: one.role,
      PolicyDocument: answeredDocument(document, one.document),
    });
  },
};
