import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** An address that the AWS SDKs and the AWS CLI would take for a service, and what names it. */
export interface ConfiguredEndpoint {
  /** As a student can find it: `AWS_ENDPOINT_URL_LAMBDA`, `endpoint_url in ~/.aws/config [profile dev]`. */
  readonly where: string;
  readonly address: string;
}

type Env = Readonly<Record<string, string | undefined>>;

/**
 * Every address that a shell and its profile configure, as the AWS SDKs look for them: variables for all services and
 * for one, then the profile's own and those of the services that it names.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 * @returns none where `AWS_IGNORE_CONFIGURED_ENDPOINT_URLS` says that none counts
 */
export async function configuredEndpoints(env: Env): Promise<ConfiguredEndpoint[]> {
  if (env.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS?.toLowerCase() === 'true') return [];
  const variables = Object.entries(env).flatMap(([where, address = '']) =>
    /^AWS_ENDPOINT_URL(_[A-Z0-9_]+)?$/.test(where) && address !== '' ? [{ where, address }] : [],
  );
  return [...variables, ...(await profileEndpoints(env))];
}

async function profileEndpoints(env: Env): Promise<ConfiguredEndpoint[]> {
  const file = configFile(env);
  if (file === undefined) return [];
  const text = await readFile(file, 'utf8').catch(() => '');
  const sections = sectionsOf(text);
  const profile = filled(env.AWS_PROFILE) ?? 'default';
  // Without the word `profile` a section is one only where it is the default.
  const names = profile === 'default' ? ['profile default', 'default'] : [`profile ${profile}`];
  return names.flatMap((name) => {
    const section = sections.get(name);
    if (section === undefined) return [];
    const services = section.get('services')?.value;
    return [
      ...addressesIn(section, file, name),
      ...(services === undefined
        ? []
        : addressesIn(sections.get(`services ${services}`) ?? new Map(), file, `services ${services}`)),
    ];
  });
}

interface Setting {
  readonly value: string;
  /** Settings that stand under this one, further to the right. */
  readonly nested: ReadonlyMap<string, string>;
}
type Section = ReadonlyMap<string, Setting>;

function addressesIn(section: Section, file: string, name: string): ConfiguredEndpoint[] {
  return [...section].flatMap(([key, { value, nested }]) => {
    const address = key === 'endpoint_url' ? value : nested.get('endpoint_url');
    const service = key === 'endpoint_url' ? '' : `${key}.`;
    return filled(address) === undefined || address === undefined
      ? []
      : [{ where: `${service}endpoint_url in ${file} [${name}]`, address }];
  });
}

/** The sections of a configuration file. https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html */
function sectionsOf(text: string): ReadonlyMap<string, Section> {
  const sections = new Map<string, Map<string, { value: string; nested: Map<string, string> }>>();
  let section: Map<string, { value: string; nested: Map<string, string> }> | undefined;
  let setting: { value: string; nested: Map<string, string> } | undefined;
  for (const line of text.split(/\r?\n/)) {
    const said = line.replace(/(^|\s)[#;].*$/, '').trimEnd();
    const heading = /^\s*\[\s*(.+?)\s*\]$/.exec(said)?.[1]?.replace(/\s+/g, ' ');
    if (heading !== undefined) {
      section = sections.get(heading) ?? new Map();
      sections.set(heading, section);
      setting = undefined;
      continue;
    }
    const [, indent = '', key = '', value = ''] = /^(\s*)([^=\s]+)\s*=\s*(.*)$/.exec(said) ?? [];
    if (key === '' || section === undefined) continue;
    if (indent !== '' && setting !== undefined) {
      setting.nested.set(key, value);
    } else {
      setting = { value, nested: new Map() };
      section.set(key, setting);
    }
  }
  return sections;
}

/** Only what the shell says: a program that is given no environment has no home, and no profile. */
function configFile(env: Env): string | undefined {
  const said = filled(env.AWS_CONFIG_FILE);
  const home = filled(env.HOME) ?? filled(env.USERPROFILE);
  if (said === undefined) return home === undefined ? undefined : join(home, '.aws', 'config');
  return said.startsWith('~/') && home !== undefined ? join(home, said.slice(2)) : said;
}

const filled = (text: string | undefined): string | undefined => (text === '' ? undefined : text);
