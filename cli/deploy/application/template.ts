import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readTemplate } from '../../../emulator/services/cloudformation/template/read.ts';
import { ApplicationFailure } from './fault.ts';

/** What the SAM CLI looks for, in its order. */
const fileNames = ['template.yaml', 'template.yml', 'template.json'];

/** A part of a template whose shape nobody has promised. */
export type Tree = Readonly<Partial<Record<string, unknown>>>;

/** The members of an object; none for every other value. */
export const treeOf = (value: unknown): Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Tree) : {};

export const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** A template as it lies beside the code. */
export interface Template {
  readonly file: string;
  /** Where its local paths begin. */
  readonly folder: string;
  /** Exactly as written: this, with the addresses of what was uploaded in it, is what CloudFormation gets. */
  readonly source: string;
  /** With short forms of functions made long. */
  readonly tree: Tree;
}

/** The template of a folder, if there is one. */
export const templateIn = (folder: string): string | undefined =>
  fileNames.map((name) => join(folder, name)).find((file) => existsSync(file));

/** @throws ApplicationFailure where it is no template */
export function readTemplateFile(file: string, folder: string): Template {
  const source = readFileSync(file, 'utf8');
  let tree: unknown;
  try {
    tree = readTemplate(source);
  } catch (error) {
    throw new ApplicationFailure({
      kind: 'unreadable',
      file,
      message: error instanceof Error ? error.message : String(error),
    });
  }
  if (Object.keys(treeOf(treeOf(tree).Resources)).length === 0)
    throw new ApplicationFailure({
      kind: 'unreadable',
      file,
      message: 'Template format error: At least one Resources member must be defined.',
    });
  return { file, folder, source, tree: treeOf(tree) };
}
