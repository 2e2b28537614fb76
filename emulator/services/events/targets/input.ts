import type { TargetRow } from '../rows.ts';
import { parseJsonPath, valueAt } from './json-path.ts';
import { transform, type Material } from './transformer.ts';

/** What a target gets of an event. */
export function inputFor(target: TargetRow, material: Material): string {
  if (target.input !== undefined) return target.input;
  if (target.inputPath !== undefined) {
    const path = parseJsonPath(target.inputPath);
    const found = path === undefined ? undefined : valueAt(path, material.event);
    return JSON.stringify(found ?? null);
  }
  if (target.transformer !== undefined)
    return transform(target.transformer.paths, target.transformer.template, material);
  return JSON.stringify(material.event);
}
