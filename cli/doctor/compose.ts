import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/** What is read of a service of `docker-compose.yml`. */
export interface ComposeService {
  readonly image: string;
  readonly profiles: readonly string[];
  readonly ports: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly volumes?: readonly string[];
  readonly networks?: readonly string[];
  readonly healthcheck?: { readonly test: readonly string[]; readonly retries: number };
}

export interface Compose {
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly networks: Readonly<Record<string, { readonly name?: string }>>;
}

/** The project's `docker-compose.yml`. */
export const readCompose = (root: string): Compose =>
  parse(readFileSync(join(root, 'docker-compose.yml'), 'utf8'), { merge: true }) as Compose;
