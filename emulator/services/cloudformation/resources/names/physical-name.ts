import { createHash } from 'node:crypto';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const DRAWN = 12;

/** What a resource's name is made of where its author gave it none. */
export interface Unnamed {
  readonly stackName: string;
  readonly logicalId: string;
  /** Of the step that makes the resource: a step that is tried again gives the same name. */
  readonly token: string;
}

/**
 * The name that CloudFormation gives: `stack-logicalId-` and twelve letters and digits. Where it would be longer than
 * `most` characters, the stack's name and the logical id share what room there is, each keeping its beginning.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-name.html
 */
export function physicalName(of: Unnamed, most = 255, form?: 'lowerCase'): string {
  const room = Math.max(0, most - DRAWN - 2);
  const half = Math.floor(room / 2);
  const stack = of.stackName.slice(0, Math.max(half, room - of.logicalId.length));
  const logical = of.logicalId.slice(0, room - stack.length);
  const digest = createHash('sha256').update(`${of.stackName}\n${of.logicalId}\n${of.token}`).digest();
  const drawn = [...digest.subarray(0, DRAWN)].map((byte) => LETTERS.charAt(byte % LETTERS.length)).join('');
  const name = [stack, logical, drawn].filter((part) => part !== '').join('-');
  return form === 'lowerCase' ? name.toLowerCase() : name;
}
