import type { Shape } from '../schema/shape.ts';
import { textOf } from '../write/scalar.ts';
import type { Violation } from './violation.ts';

/** Member names in messages begin in lower case: `functionName`, and `kMSKeyArn` as AWS has it. */
export function spelled(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

/** The aggregate message of the services that are built on AWS's common framework. */
export function aggregate(violations: readonly Violation[]): string {
  const count = violations.length;
  const head = `${count} validation error${count === 1 ? '' : 's'} detected: `;
  return head + violations.map(sentence).join('; ');
}

function sentence({ value, at, sensitive, constraints, each, member }: Violation): string {
  const constraint =
    each === undefined
      ? constraints.join('; ')
      : `${each} must satisfy constraint: [${constraints.join(', ')}]`;
  return `Value ${shown(value, member.shape, sensitive)}at '${at}' failed to satisfy constraint: ${constraint}`;
}

/** Sensitive values are left out altogether: `Value at 'environment.variables' failed …`. */
function shown(value: unknown, shape: Shape, sensitive: boolean): string {
  if (value === null) return 'null ';
  return sensitive ? '' : `'${javaText(value, shape)}' `;
}

/** A value as Java prints it: lists in brackets, maps with `=`, structures by their name with every member. */
function javaText(value: unknown, shape: Shape): string {
  if (value === null || value === undefined) return 'null';
  switch (shape.kind) {
    case 'list':
      return `[${(value as readonly unknown[]).map((item) => javaText(item, shape.member.shape)).join(', ')}]`;
    case 'map': {
      const entries = Object.entries(value).map(
        ([key, item]) => `${key}=${javaText(item, shape.value.shape)}`,
      );
      return `{${entries.join(', ')}}`;
    }
    case 'structure': {
      const source = value as Readonly<Record<string, unknown>>;
      const members = shape.members.map(
        (member) => `${spelled(member.name)}=${javaText(source[member.name], member.shape)}`,
      );
      return `${shape.name}(${members.join(', ')})`;
    }
    case 'blob': {
      const { byteLength } = value as Uint8Array;
      return `java.nio.HeapByteBuffer[pos=0 lim=${byteLength} cap=${byteLength}]`;
    }
    case 'timestamp':
      return (value as Date).toISOString();
    default:
      return textOf(value);
  }
}
