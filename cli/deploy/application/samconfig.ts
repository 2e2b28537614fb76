import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The settings of the SAM CLI that count for a deployment, by the names that it gives them. */
export interface SamConfig {
  readonly stackName: string | undefined;
  readonly parameters: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
}

const fileName = 'samconfig.toml';
/** The table that `sam deploy` reads first; what it does not say, the one of all commands may. */
const table = '[default.deploy.parameters]';
const globalTable = '[default.global.parameters]';
const key = (name: string) => new RegExp(`^${name}[ \\t]*=[ \\t]*(.*?)[ \\t]*$`, 'm');

/** Reads `samconfig.toml`, so that `sam deploy` and `npm run deploy` mean the same stack. */
export function readSamConfig(folder: string): SamConfig {
  const file = join(folder, fileName);
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const [own, shared] = [table, globalTable].map((each) => partsOf(text, each)[1]);
  const said = (name: string) => (key(name).exec(own ?? '') ?? key(name).exec(shared ?? ''))?.[1];
  return {
    stackName: /^["'](.*)["']$/.exec(said('stack_name') ?? '')?.[1],
    parameters: pairsOf(said('parameter_overrides') ?? ''),
    tags: pairsOf(said('tags') ?? ''),
  };
}

/** Keeps values of parameters for the next deployment, as `sam deploy --guided` does. */
export function keepParameters(
  folder: string,
  stackName: string,
  parameters: Readonly<Record<string, string>>,
): void {
  const file = join(folder, fileName);
  const [before, body, after] = existsSync(file)
    ? partsOf(readFileSync(file, 'utf8'), table)
    : ['version = 0.1\n\n', `stack_name = ${JSON.stringify(stackName)}\nresolve_s3 = true\n`, ''];
  const pairs = Object.entries(parameters).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  const line = `parameter_overrides = ${JSON.stringify(pairs)}`;
  const there = key('parameter_overrides');
  const kept = there.test(body) ? body.replace(there, () => line) : `${body.trimEnd()}\n${line}\n`;
  writeFileSync(file, `${before}${table}\n${kept.trimStart()}${after}`);
}

/** What stands before a table, in it and behind it. */
function partsOf(text: string, table: string): [before: string, body: string, after: string] {
  const at = text.indexOf(table);
  if (at < 0) return [`${text.trimEnd()}\n\n`, '', ''];
  const rest = text.slice(at + table.length);
  const end = rest.search(/^\[/m);
  return end < 0 ? [text.slice(0, at), rest, ''] : [text.slice(0, at), rest.slice(0, end), rest.slice(end)];
}

/** `"Name=value Other=\"a b\""` or `["Name=value", "Other=\"a b\""]`. */
function pairsOf(written: string): Record<string, string> {
  const pairs: Record<string, string> = {};
  for (const text of listOf(written))
    for (const [, name = '', quoted, bare] of text.matchAll(/([\w:.-]+)=(?:"((?:[^"\\]|\\.)*)"|(\S+))/g))
      pairs[name] = quoted === undefined ? (bare ?? '') : quoted.replaceAll(/\\(.)/g, '$1');
  return pairs;
}

/** A text or a list of texts: the two that TOML and JSON write alike. */
function listOf(written: string): readonly string[] {
  try {
    const value = JSON.parse(written) as unknown;
    const list: readonly unknown[] = Array.isArray(value) ? value : [value];
    return list.filter((one): one is string => typeof one === 'string');
  } catch {
    return /^'(.*)'$/.exec(written)?.slice(1) ?? [];
  }
}
