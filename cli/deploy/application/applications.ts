import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { readSamConfig } from './samconfig.ts';
import { templateIn } from './template.ts';

/** An application in a workspace. */
export interface Application {
  /** Its folder's name. */
  readonly name: string;
  readonly folder: string;
  /** After `LAB_PREFIX`. */
  readonly stackName: string;
  /** What `samconfig.toml` says of them. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
}

/** The applications of a workspace: its folders with a template. */
export function applicationsIn(workspace: string, prefix: string): Application[] {
  const folders = readdirSync(workspace, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(workspace, name));
  return [workspace, ...folders.sort()]
    .filter((folder) => templateIn(folder) !== undefined)
    .map((folder) => {
      const { stackName, parameters, tags } = readSamConfig(folder);
      const name = basename(folder);
      return { name, folder, stackName: `${prefix}${stackName ?? name}`, parameters, tags };
    });
}

/**
 * The bucket for packages: one for all applications of a lab, so that `clean` knows it. A bucket's name is taken for
 * everybody on AWS once somebody has it, hence the account in it.
 */
export function bucketFor(stackName: string, prefix: string, account: string): string {
  const own = stackName.slice(prefix.length);
  const [lab = 'coldstart'] = /^lab\d{2}(?=-)/.exec(own) ?? [];
  return `${prefix}${lab}-artifacts-${account}`;
}
