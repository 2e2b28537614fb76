import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { bounded, TookTooLong } from '../../../bounded/bounded.ts';
import type { ApiDefinition } from '../definition/definition.ts';
import { nestsDeeper } from '../../../gateway/openapi/json-nesting.ts';
import { isCostly, keyOf, modelsNamedBy, translated } from './schema.ts';
import { validationErrorString } from './wording.ts';

/** How long one body may be looked at, in ms. */
const MAX_MS = 1000;
const MAX_DEPTH = 500;
/** Up to which size all that is wrong with a body is told; beyond it, the first. In characters. */
const DETAILED = 100_000;

/** Why a body is refused. */
export interface Refused {
  readonly validationErrors: string;
}

/** The models of one snapshot, each compiled when a body is first held against it. */
export class ModelChecks {
  readonly #models: ApiDefinition['models'];
  readonly #ready = new Map<string, Compiled>();

  constructor(models: ApiDefinition['models']) {
    this.#models = models;
  }

  /**
   * @returns `undefined` where the body holds to the model
   * @throws UnusableModel
   */
  refuse(model: string, body: string): Refused | undefined {
    // As deep as AWS's own reader goes, by half; see nestsDeeper.
    if (nestsDeeper(body, MAX_DEPTH)) return { validationErrors: '[Document nesting is too deep]' };
    let value: unknown;
    try {
      // No body is an empty object here as it is for templates.
      value = body.trim() === '' ? {} : JSON.parse(body);
    } catch {
      return { validationErrors: '[Unable to parse request body as JSON]' };
    }
    const compiled = this.#compiled(model);
    const errors = decided(compiled.first, value, compiled.costly);
    if (errors === undefined) return undefined;
    if (body.length > DETAILED) return { validationErrors: validationErrorString(errors) };
    const all = decided((compiled.all ??= this.#compile(model, true)), value, compiled.costly);
    return { validationErrors: validationErrorString(all ?? errors) };
  }

  #compiled(model: string): Compiled {
    const known = this.#ready.get(model);
    if (known !== undefined) return known;
    const used = this.#reachable(model);
    const made: Compiled = {
      first: this.#compile(model, false),
      all: undefined,
      costly: used.some((name) => isCostly(this.#schema(name))),
    };
    this.#ready.set(model, made);
    return made;
  }

  #compile(model: string, allErrors: boolean): ValidateFunction {
    const ajv = new Ajv({
      strict: false,
      validateFormats: false,
      validateSchema: false,
      unicodeRegExp: false,
      addUsedSchema: false,
      verbose: true,
      logger: false,
      allErrors,
    });
    try {
      for (const name of this.#reachable(model)) {
        ajv.addSchema(translated(this.#schema(name)) as object, keyOf(name));
      }
      const validate = ajv.getSchema(keyOf(model));
      if (validate === undefined) throw new UnusableModel(`Model ${model} has no schema.`);
      return validate;
    } catch (error) {
      if (error instanceof UnusableModel) throw error;
      throw new UnusableModel(`Model ${model} cannot be used: ${String(error)}`);
    }
  }

  /** The model and all that it names, and they name. */
  #reachable(model: string): readonly string[] {
    const found = new Set([model]);
    for (const name of found) {
      for (const other of modelsNamedBy(this.#schema(name))) if (this.#has(other)) found.add(other);
    }
    return [...found];
  }

  #has(model: string): boolean {
    return Object.hasOwn(this.#models, model);
  }

  /** A model without a schema takes everything. */
  #schema(model: string): unknown {
    const text = this.#has(model) ? this.#models[model]?.schema : undefined;
    if (text === undefined || text.trim() === '') return {};
    if (nestsDeeper(text, MAX_DEPTH / 5)) throw new UnusableModel(`Model ${model} nests too deeply.`);
    try {
      return JSON.parse(text) as unknown;
    } catch {
      throw new UnusableModel(`Model ${model} is no JSON.`);
    }
  }
}

/** A model that nothing can be held against: its schema is no schema, or names a model that is not there. */
export class UnusableModel extends Error {}

interface Compiled {
  readonly first: ValidateFunction;
  all: ValidateFunction | undefined;
  readonly costly: boolean;
}

/** What is wrong; `undefined` where nothing is. What cannot be decided in time or depth is refused. */
function decided(
  validate: ValidateFunction,
  value: unknown,
  costly: boolean,
): readonly ErrorObject[] | undefined {
  try {
    const holds = costly ? bounded(() => validate(value), MAX_MS) : validate(value);
    return holds ? undefined : (validate.errors ?? []);
  } catch (error) {
    if (error instanceof TookTooLong || error instanceof RangeError) return [];
    throw error;
  }
}
