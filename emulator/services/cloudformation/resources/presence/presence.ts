import { ResourceFailure, type Properties } from '../resource-type.ts';
import { ifThere } from '../translate/gone.ts';

/**
 * Holds CloudFormation to what services do not: that a stack makes nothing that is there already. Many operations
 * answer a second making as if it were the first.
 * @throws ResourceFailure in CloudFormation's words
 */
export async function mustBeNew(type: string, id: string, look: Promise<unknown>): Promise<void> {
  if ((await ifThere(look)) !== undefined)
    throw new ResourceFailure(`Resource of type '${type}' with identifier '${id}' already exists.`);
}

/** Refuses properties that the cloud's service has not. @throws ResourceFailure with the name of the first */
export function onlyBuilt(type: string, properties: Properties, built: readonly string[]): void {
  const other = Object.keys(properties).find((name) => !built.includes(name));
  if (other !== undefined) throw notBuilt(`${other} of ${type}`);
}

/** Something that AWS has and Coldstart has not: never accepted and then ignored. */
export const notBuilt = (what: string): ResourceFailure =>
  new ResourceFailure(`Coldstart's embedded cloud does not have ${what}; the resource was refused.`);
