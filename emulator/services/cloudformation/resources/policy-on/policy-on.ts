import type { Json } from '../../../../state/state.ts';
import { ifThere, orUndone } from '../translate/gone.ts';
import type { Kept, Properties, ResourceType, ResourceWork } from '../resource-type.ts';
import { documentText, text } from '../translate/shaped.ts';

/** How a service's resources are given a policy of their own. */
export interface PolicyHolder {
  put(id: string, policy: string, work: ResourceWork): Promise<unknown>;
  drop(id: string, work: ResourceWork): Promise<unknown>;
  /** The policy's text; undefined where there is none. */
  get(id: string, work: ResourceWork): Promise<string | undefined>;
}

/** A type that is the policy of one resource: it has the resource's id. @param of the property that names it */
export function policyOfOne(of: string, holder: PolicyHolder, first?: Check): ResourceType {
  const idOf = (properties: Properties): string => text(properties[of]) ?? '';
  return {
    async create(properties, work) {
      const id = idOf(properties);
      await first?.(id, work);
      await holder.put(id, documentText(properties['PolicyDocument']), work);
      return { id, attributes: {} };
    },
    async update(kept, wanted, work) {
      await holder.put(kept.id, documentText(wanted['PolicyDocument']), work);
      return kept;
    },
    async delete(kept, work) {
      await ifThere(holder.drop(kept.id, work));
    },
    async read(kept, work) {
      const policy = await ifThere(holder.get(kept.id, work));
      if (policy === undefined) return undefined;
      return { [of]: kept.id, PolicyDocument: asGiven(kept, policy) };
    },
    nameOf: idOf,
  };
}

/** Something that must hold before a policy is made. @throws ResourceFailure */
type Check = (id: string, work: ResourceWork) => Promise<void>;

/** A type that gives several resources one policy: it has an id of its own. @param of the property that lists them */
export function policyOfSeveral(of: string, holder: PolicyHolder): ResourceType {
  const idsOf = (properties: Properties): string[] => {
    const ids = properties[of];
    return Array.isArray(ids) ? (ids as readonly Json[]).map((id) => text(id) ?? '') : [];
  };
  const dropped = async (ids: readonly string[], work: ResourceWork): Promise<void> => {
    for (const id of ids) await ifThere(holder.drop(id, work));
  };
  const given = async (properties: Properties, work: ResourceWork): Promise<void> => {
    const policy = documentText(properties['PolicyDocument']);
    for (const id of idsOf(properties)) await holder.put(id, policy, work);
  };
  return {
    async create(properties, work) {
      const id = work.name();
      await orUndone(
        () => given(properties, work),
        () => dropped(idsOf(properties), work),
      );
      return { id, attributes: { Id: id } };
    },
    async update(kept, wanted, work) {
      await given(wanted, work);
      const still = idsOf(wanted);
      const gone = idsOf(kept.properties).filter((id) => !still.includes(id));
      await dropped(gone, work);
      return { id: kept.id, attributes: kept.attributes };
    },
    async delete(kept, work) {
      await dropped(idsOf(kept.properties), work);
    },
    async read(kept, work) {
      const ids = idsOf(kept.properties);
      const policies: (string | undefined)[] = [];
      for (const id of ids) policies.push(await ifThere(holder.get(id, work)));
      const wanted = asGiven(kept, documentText(kept.properties['PolicyDocument']));
      // What differs from the template is what is told, and any of the resources may differ.
      const odd = policies.find(
        (policy) => policy === undefined || JSON.stringify(asGiven(kept, policy)) !== JSON.stringify(wanted),
      );
      if (policies.every((policy) => policy === undefined)) return undefined;
      return {
        [of]: ids.filter((_, at) => policies[at] !== undefined),
        PolicyDocument: odd === undefined ? wanted : asGiven(kept, odd),
      };
    },
    nameOf: (_, work) => work.name(),
  };
}

/** A document in the form that the template has it in. */
function asGiven(kept: Kept, policy: string): Json {
  return typeof kept.properties['PolicyDocument'] === 'string' ? policy : (JSON.parse(policy) as Json);
}
