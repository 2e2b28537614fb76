import { EventFailure, invalidResource } from '../failures.ts';
import { type Obj, getAtt, isIntrinsic, isList, isNothing, isObj, isText, ref } from '../json.ts';
import type { Made, Source } from '../made.ts';

/** What the events of a function lead to. */
export interface Target {
  /** The alias that is published to, or the function. */
  readonly target: Made;
  readonly lambda: Made;
  readonly alias: Made | undefined;
  /** The role that SAM makes for it, so that events can add what they need. */
  readonly role: Made | undefined;
}

/** An event of a function. */
export interface Event {
  /** As the template calls it. */
  readonly name: string;
  /** As the resources made of it are called. */
  readonly id: string;
  readonly type: string;
  readonly properties: Obj;
  readonly source: Source;
  readonly to: Target;
}

export const nameOf = (to: Target): Obj => ref(to.target.id);

export const arnOf = (to: Target): Obj => (to.alias ? ref(to.alias.id) : getAtt(to.lambda.id, 'Arn'));

export const failed = (event: Event, reason: string): Error => new EventFailure(event.id, reason);

export const failedByName = (event: Event, reason: string): Error => new EventFailure(event.name, reason);

/** Types of which the transform has to know the value itself. */
const PLAIN = ['switch', 'texts'];

/** How a property is declared: `name`, with `!` where it is required, and its type after a colon. */
export function checkProperties(id: string, type: string, properties: Obj, declared: string): void {
  const table = declared.split(' ').map((one) => {
    const [name = '', kind] = one.split(':');
    return { name: name.replace('!', ''), required: name.endsWith('!'), kind };
  });
  for (const name of Object.keys(properties))
    if (!table.some((one) => one.name === name))
      throw invalidResource(id, `property ${name} not defined for resource of type ${type}`);
  for (const { name, required, kind } of table) {
    const value = properties[name];
    if (isNothing(value)) {
      if (required) throw invalidResource(id, `Missing required property '${name}'.`);
    } else if (kind !== undefined && !(isIntrinsic(value) && !PLAIN.includes(kind)) && !fits(value, kind))
      throw invalidResource(id, `Type of property '${name}' is invalid.`);
  }
}

function fits(value: unknown, kind: string): boolean {
  switch (kind) {
    case 'list':
      return isList(value);
    case 'map':
      return isObj(value);
    case 'text':
      return isText(value);
    case 'flag':
    case 'switch':
      return typeof value === 'boolean';
    case 'texts':
      return isText(value) || (isList(value) && value.every((one) => isText(one) || isIntrinsic(one)));
    case 'number':
      return typeof value === 'number';
    default:
      return true;
  }
}
