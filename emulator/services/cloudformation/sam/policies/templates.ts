import { type Obj, isList, isObj, isText, printed } from '../json.ts';
import table from './templates.json' with { type: 'json' };

interface PolicyTemplate {
  readonly parameters: readonly string[];
  readonly statements: readonly unknown[];
}

const templates: Readonly<Record<string, PolicyTemplate>> = table;

/** Whether an entry of `Policies` names one of SAM's own templates. */
export function templateName(entry: unknown): string | undefined {
  if (!isObj(entry)) return undefined;
  const [name, ...more] = Object.keys(entry);
  return name !== undefined && more.length === 0 && Object.hasOwn(templates, name) ? name : undefined;
}

/**
 * The policy document of a template with its parameters filled in.
 * @throws what `fail` makes of the reason where a parameter is missing
 */
export function filled(name: string, values: unknown, fail: (reason: string) => Error): Obj {
  const template = templates[name];
  if (template === undefined || (!isObj(values) && template.parameters.length > 0))
    throw fail(`Must specify valid parameter values for policy template '${name}'`);
  const given = isObj(values) ? values : {};
  const missing = template.parameters.filter((parameter) => !Object.hasOwn(given, parameter));
  if (missing.length > 0)
    throw fail(`Following required parameters of template '${name}' don't have values: ${printed(missing)}`);
  return { Statement: replaced(template.statements, given) };
}

/** `@@Name` in the table stands for the parameter. */
function replaced(value: unknown, given: Obj): unknown {
  if (isList(value)) return value.map((one) => replaced(one, given));
  if (isObj(value))
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, replaced(one, given)]));
  return isText(value) && value.startsWith('@@') ? given[value.slice(2)] : value;
}
