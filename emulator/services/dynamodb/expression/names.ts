import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { ServiceFailure } from '../../../service/failure.ts';
import { invalid } from '../failures.ts';
import type { Value } from '../value/value.ts';
import { readValue } from '../value/wire.ts';

/** The members of a request that stand for names and values in its expressions. */
export interface Substitutes {
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>> | undefined;
  readonly ExpressionAttributeValues?: Readonly<Record<string, AttributeValue>> | undefined;
}

/** What `#name` and `:value` stand for in the expressions of one request, and which of them were used. */
export class Names {
  readonly #names: Readonly<Record<string, string>>;
  readonly #values = new Map<string, Value>();
  readonly #unusedNames: Set<string>;
  readonly #unusedValues: Set<string>;

  /**
   * @param expressions the request's expressions by their member's name, absent ones included
   * @param withValues the expressions that may use values, as DynamoDB lists them
   * @throws ServiceFailure for names and values that cannot be, or that no expression is there for
   */
  constructor(
    { ExpressionAttributeNames: names, ExpressionAttributeValues: values }: Substitutes,
    expressions: Readonly<Record<string, string | undefined>>,
    withValues: readonly string[],
  ) {
    const given = (name: string): boolean => expressions[name] !== undefined;
    if (names !== undefined && !Object.keys(expressions).some(given))
      throw invalid('ExpressionAttributeNames can only be specified when using expressions');
    if (values !== undefined && !withValues.some(given)) {
      const which = withValues.join(' and ');
      const verb = withValues.length === 1 ? 'is' : 'are';
      const told = which === '' ? '' : `: ${which} ${verb} null`;
      throw invalid(`ExpressionAttributeValues can only be specified when using expressions${told}`);
    }
    this.#names = names ?? {};
    this.#unusedNames = keysOf('ExpressionAttributeNames', names, /^#[A-Za-z0-9_]+$/);
    this.#unusedValues = keysOf('ExpressionAttributeValues', values, /^:[A-Za-z0-9_]+$/);
    for (const [key, value] of Object.entries(values ?? {})) this.#values.set(key, substitute(key, value));
  }

  name(key: string): string {
    this.#unusedNames.delete(key);
    const name = Object.hasOwn(this.#names, key) ? this.#names[key] : undefined;
    if (name === undefined)
      throw invalid(
        `An expression attribute name used in the document path is not defined; attribute name: ${key}`,
      );
    return name;
  }

  value(key: string): Value {
    this.#unusedValues.delete(key);
    const value = this.#values.get(key);
    if (value === undefined)
      throw invalid(
        `An expression attribute value used in expression is not defined; attribute value: ${key}`,
      );
    return value;
  }

  /** @throws ServiceFailure where a name or a value is in no expression */
  checkAllUsed(): void {
    const unused = (member: string, keys: ReadonlySet<string>): void => {
      if (keys.size > 0)
        throw invalid(`Value provided in ${member} unused in expressions: keys: {${[...keys].join(', ')}}`);
    };
    unused('ExpressionAttributeNames', this.#unusedNames);
    unused('ExpressionAttributeValues', this.#unusedValues);
  }
}

function keysOf(member: string, map: object | undefined, form: RegExp): Set<string> {
  if (map === undefined) return new Set();
  const keys = Object.keys(map);
  if (keys.length === 0) throw invalid(`${member} must not be empty`);
  for (const key of keys)
    if (!form.test(key)) throw invalid(`${member} contains invalid key: Syntax error; key: "${key}"`);
  return new Set(keys);
}

function substitute(key: string, value: AttributeValue): Value {
  try {
    return readValue(value);
  } catch (error) {
    if (!(error instanceof ServiceFailure)) throw error;
    throw invalid(`ExpressionAttributeValues contains invalid value: ${error.message} for key ${key}`);
  }
}
