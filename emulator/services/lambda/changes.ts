import type { Scope } from '../../service/call.ts';

/** What happened to a function that other parts of the service follow. */
export type Change = { readonly scope: Scope; readonly name: string } & (
  | { readonly is: 'function deleted' }
  | { readonly is: 'version deleted'; readonly qualifier: string }
  | { readonly is: 'alias deleted'; readonly qualifier: string }
  | { readonly is: 'alias moved'; readonly qualifier: string }
);

/** Tells the parts of the service what happened, at once, so that all changes are kept or lost together. */
export class Changes {
  readonly #listeners: ((change: Change) => void)[] = [];

  follow(listener: (change: Change) => void): void {
    this.#listeners.push(listener);
  }

  tell(change: Change): void {
    for (const listener of this.#listeners) listener(change);
  }
}
