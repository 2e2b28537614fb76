export interface Package {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly dev: boolean;
}
export const permitted: ReadonlySet<string>;
export const permittedInTests: ReadonlySet<string>;
export function packages(): Package[];
export function licencesPage(): string;
