import { fromOperations } from '../gateway/from-operations.ts';
import { isSame } from '../gateway/same.ts';
import type { Properties, ResourceType, ResourceWork } from '../resource-type.ts';
import { picked, text } from '../translate/shaped.ts';
import { changesOf, type Unsaid } from './changes.ts';
import { told } from './told.ts';

type Answer = Promise<object>;

/** A part of an API that is made, told and changed by members that are called as its properties are. */
interface Part {
  /** The member that names it among the parts of its parent: what `Ref` gives, and an attribute too. */
  readonly id: string;
  /** The properties that say whose part it is: `ApiId`. */
  readonly parents: readonly string[];
  /** The properties that can be changed. */
  readonly names: readonly string[];
  /** Of those, what every update must name. */
  readonly always?: readonly string[];
  readonly unsaid?: Unsaid;
  /** The property that no two parts of one parent share. */
  readonly alone: string;
  /** Its properties as operations take them, where that is another form. */
  readonly asInput?: (properties: Properties) => Properties;
  /** What an operation tells as the template has it, where that is another form. @param given as the template has them */
  readonly asGiven?: (answer: Properties, given: Properties) => Properties;
  /** The operations. Inputs have the parent's and the part's own ids. */
  readonly create: (input: Properties, work: ResourceWork) => Answer;
  readonly get: (place: Properties, work: ResourceWork) => Answer;
  readonly update: (input: Properties, work: ResourceWork) => Answer;
  readonly remove: (place: Properties, work: ResourceWork) => Promise<unknown>;
  /** All parts of a parent. */
  readonly all: (parent: Properties, work: ResourceWork) => Promise<readonly object[]>;
}

/** The type of such parts. */
export function partOf(part: Part): ResourceType {
  const { asInput = (properties: Properties) => properties, asGiven = (answer: Properties) => answer } = part;
  const parentOf = (properties: Properties): Properties => picked(properties, ...part.parents);
  const placeOf = (id: string, properties: Properties): Properties => ({
    ...parentOf(properties),
    [part.id]: id,
  });
  const idOf = (answer: object): string | undefined => text(told(answer)[part.id]);
  return fromOperations({
    async create(properties, work) {
      const input = picked(asInput(properties), ...part.parents, ...part.names);
      const id = idOf(await part.create(input, work)) ?? '';
      return { id, attributes: { [part.id]: id } };
    },
    async look({ id, properties }, work) {
      const answer = told(await part.get(placeOf(id, properties), work));
      return { ...asGiven(answer, properties), ...parentOf(properties) };
    },
    async change({ id, properties }, now, wanted, work) {
      const changes = changesOf(asInput(now), asInput(wanted), part.names, part.unsaid);
      const always = picked(wanted, ...(part.always ?? []));
      if (changes !== undefined)
        await part.update({ ...always, ...changes, ...placeOf(id, properties) }, work);
    },
    remove: ({ id, properties }, work) => part.remove(placeOf(id, properties), work),
    async trace(properties, work) {
      const all = await part.all(parentOf(properties), work);
      const found = all.find((one) => isSame(told(one)[part.alone], properties[part.alone]));
      return found && idOf(found);
    },
  });
}
