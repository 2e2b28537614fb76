import type { Physical, Properties, ResourceType } from '../resource-type.ts';
import { text } from '../translate/shaped.ts';
import { place, rolesOf } from './inline.ts';
import type { Placed } from './inline.ts';

/** `AWS::IAM::Policy`: one inline policy, in every role that is named. Drift is not told of it, as on AWS. */
export const policy: ResourceType = {
  nameOf: (_properties, work) => work.name(),

  async create(properties, work): Promise<Physical> {
    await place(placesOf(properties), [], work);
    const id = work.name();
    return { id, attributes: { Id: id } };
  },

  async update(kept, wanted, work) {
    await place(placesOf(wanted), placesOf(kept.properties), work);
    return { id: kept.id, attributes: kept.attributes };
  },

  async delete(kept, work) {
    await place([], placesOf(kept.properties), work);
  },
};

const placesOf = (properties: Properties): Placed[] =>
  rolesOf(properties).map((role) => ({
    role,
    name: text(properties['PolicyName']) ?? '',
    document: properties['PolicyDocument'],
  }));
