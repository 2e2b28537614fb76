import { TemplateFailure } from './failure.ts';

const STEPS = 1_000_000;
const CHARACTERS = 32_000_000;
const DEPTH = 250;
const PATTERN_MS = 1000;

/** What one rendering may use up, so that no template hangs or fills the process. */
export class Budget {
  #steps = STEPS;
  #characters = CHARACTERS;
  #depth = DEPTH;
  /** Left for regular expressions, in ms. */
  patternMs = PATTERN_MS;

  /** @throws TemplateFailure of kind `limit` */
  step(count = 1): void {
    this.#steps -= count;
    // Written so that a count that is no number ends it too.
    if (!(this.#steps >= 0)) throw new TemplateFailure('limit', 'The template takes too many steps.');
  }

  /** Counts text that was made, and gives it back. */
  text(made: string): string {
    this.#characters -= made.length;
    if (this.#characters < 0) throw new TemplateFailure('limit', 'The template makes too much text.');
    return made;
  }

  /** Before text is made whose length is known. */
  reserve(characters: number): void {
    if (characters > this.#characters)
      throw new TemplateFailure('limit', 'The template makes too much text.');
  }

  /** Does `work` one level deeper. */
  nested<T>(work: () => T): T {
    this.#depth -= 1;
    if (this.#depth < 0) throw new TemplateFailure('limit', 'The template nests too deeply.');
    try {
      return work();
    } finally {
      this.#depth += 1;
    }
  }
}
