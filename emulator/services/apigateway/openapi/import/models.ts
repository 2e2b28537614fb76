import { createHash } from 'node:crypto';
import type { ApiDefinition, ModelDefinition } from '../../definition/definition.ts';
import { isPart, own, part, text, type ApiDocument } from '../../../../gateway/openapi/document.ts';
import { modelOfRef, toModel } from '../schema-refs.ts';
import type { ImportOptions } from './options.ts';

/** The models that a document defines, and those that its operations write in place. */
export class ModelImport {
  readonly #options: ImportOptions;
  readonly #errors: string[];
  readonly #models = new Map<string, ModelDefinition>();

  constructor({ dialect, root }: ApiDocument, options: ImportOptions, errors: string[]) {
    this.#options = options;
    this.#errors = errors;
    const schemas =
      dialect === 'swagger' ? own(root, 'definitions') : part(own(root, 'components'))['schemas'];
    for (const [name, schema] of Object.entries(part(schemas))) {
      if (/^[A-Za-z0-9]+$/.test(name)) this.#add(name, schema);
      else errors.push(`Unable to create model for ${name}: Model name must be alphanumeric: ${name}`);
    }
  }

  all(): ApiDefinition['models'] {
    return Object.fromEntries(this.#models);
  }

  /** The name of the model that a schema is, or becomes. */
  nameOf(schema: unknown, where: string): string | undefined {
    if (!isPart(schema)) return undefined;
    const reference = own(schema, '$ref');
    if (reference === undefined) return this.#inPlace(schema);
    const name = modelOfRef(reference);
    const { existing, mode } = this.#options;
    const known =
      name !== undefined &&
      (this.#models.has(name) || (mode === 'merge' && Object.hasOwn(existing.models, name)));
    if (known) return name;
    this.#errors.push(`${where}: Invalid model identifier specified: ${name ?? text(reference) ?? ''}`);
    return undefined;
  }

  /** A schema without a name gets one that depends on it alone. */
  #inPlace(schema: unknown): string {
    const name = `MODEL${createHash('sha256').update(JSON.stringify(schema)).digest('hex').slice(0, 6)}`;
    if (!this.#models.has(name)) this.#add(name, schema);
    return name;
  }

  #add(name: string, schema: unknown): void {
    const { existing, newId } = this.#options;
    const before = Object.hasOwn(existing.models, name) ? existing.models[name] : undefined;
    this.#models.set(name, {
      id: before?.id ?? newId(),
      name,
      contentType: 'application/json',
      schema: JSON.stringify(toModel(schema, existing.apiId), null, 2),
    });
  }
}
