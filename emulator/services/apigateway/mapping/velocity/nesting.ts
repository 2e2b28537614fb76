import { TemplateFailure } from './failure.ts';

const MAX = 80;

/** How deep a parser is in one template: blocks, expressions and the texts within them, together. */
export class Nesting {
  #depth = 0;

  /** @throws TemplateFailure of kind `limit` */
  deeper<T>(parse: () => T): T {
    this.#depth += 1;
    if (this.#depth > MAX) throw new TemplateFailure('limit', 'The template nests too deeply.');
    try {
      return parse();
    } finally {
      this.#depth -= 1;
    }
  }
}
