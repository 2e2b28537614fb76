import type { Json } from '../../../state/state.ts';
import type { JsonMap } from '../template/model.ts';
import { isArray, isMap, member } from '../template/tree.ts';
import { extensionFailure } from './failure.ts';
import type { Bindings } from './knowing.ts';

/** What the key of a loop begins with; its name comes after. */
export const LOOP = 'Fn::ForEach::';

/** `Fn::ForEach`: the fragment's members, once for each item, with the item where the identifier stands. */
export interface Loop {
  readonly identifier: string;
  readonly collection: Json;
  readonly fragment: JsonMap;
}

/** The loop that is written there. @throws TemplateFailure where it lacks a part */
export function loopOf(written: Json): Loop {
  const [identifier, collection, fragment, ...more] = isArray(written) ? written : [];
  if (
    typeof identifier !== 'string' ||
    identifier === '' ||
    collection === undefined ||
    !isMap(fragment) ||
    more.length > 0
  )
    throw extensionFailure('Fn::ForEach layout is incorrect');
  return { identifier, collection, fragment };
}

/**
 * The text with the loops' items put in: `${Name}` is the item, `&{Name}` its letters and digits.
 * @param forms which of the two are meant here; in `Fn::Sub` the first alone is
 */
export function filled(text: string, bindings: Bindings, forms = '$&'): string {
  return text.replace(/([$&])\{(\w+)\}/g, (whole, form: string, name: string) => {
    const item = forms.includes(form) ? bindings.get(name) : undefined;
    if (item === undefined) return whole;
    return form === '&' ? item.replace(/[^A-Za-z0-9]/g, '') : item;
  });
}

/**
 * Checks that each loop has a name of its own, and that none stands where loops may not.
 * @throws TemplateFailure
 */
export function checkLoops(template: JsonMap, sections: readonly string[]): void {
  const resources = member(template, 'Resources');
  const taken = new Set(isMap(resources) ? Object.keys(resources) : []);
  for (const [section, part] of Object.entries(template))
    for (const loop of loopsIn(part)) {
      if (!sections.includes(section))
        throw extensionFailure(`Fn::ForEach is not supported in the ${section} section.`);
      if (taken.has(loop))
        throw extensionFailure(`The loop name ${loop} is used more than once in the template.`);
      taken.add(loop);
    }
}

/** The names of all loops in the value. */
function loopsIn(value: Json): readonly string[] {
  if (isArray(value)) return value.flatMap(loopsIn);
  if (!isMap(value)) return [];
  return Object.entries(value).flatMap(([key, one]) => [
    ...(key.startsWith(LOOP) ? [key.slice(LOOP.length)] : []),
    ...loopsIn(one),
  ]);
}
