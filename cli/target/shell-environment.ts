import { staysHere } from '../../grader/targets/loopback.ts';
import { localAccount, noSuchConfig } from '../session/environment.ts';

/** What a shell is told: variables with their values, and those that it shall forget. */
export interface ShellEnvironment {
  readonly set: Readonly<Record<string, string>>;
  readonly unset: readonly string[];
}

/** Good for scripts that nobody watches; a person may want a pager, and PowerShell keeps no empty variable. */
const notForPeople = new Set(['AWS_PAGER', 'AWS_EC2_METADATA_DISABLED']);

/** Leads nowhere else, and is needed again behind a company's proxy. */
const mayStay = new Set(['AWS_CA_BUNDLE']);

/**
 * What brings a student's shell to a local target, and keeps it from reaching anything else: an `AWS_PROFILE` or an
 * `AWS_ENDPOINT_URL_S3` of the shell's own would win.
 * @param wanted the environment in which AWS's tools reach the target
 * @param base the shell's environment as it is
 */
export function towards(wanted: NodeJS.ProcessEnv, base: NodeJS.ProcessEnv): ShellEnvironment {
  const set = Object.fromEntries(
    Object.entries(wanted).filter(
      (pair): pair is [string, string] =>
        pair[0].startsWith('AWS_') && pair[1] !== undefined && !notForPeople.has(pair[0]),
    ),
  );
  const others = Object.keys(base).filter(
    (name) =>
      name.startsWith('AWS_') && !Object.hasOwn(set, name) && !notForPeople.has(name) && !mayStay.has(name),
  );
  return { set, unset: others.sort() };
}

/**
 * What brings a student's shell to a real account: the region. Keys are the shell's own business; what an earlier
 * `npm run env` has set for a local target is taken back, and nothing else.
 */
export async function towardsAws(
  base: NodeJS.ProcessEnv,
  region: string,
  home: string,
): Promise<ShellEnvironment> {
  const endpoint = base.AWS_ENDPOINT_URL ?? '';
  const localEndpoint = URL.canParse(endpoint) && (await staysHere(new URL(endpoint)));
  const localKeys = [localAccount.secretAccessKey, 'test'].includes(base.AWS_SECRET_ACCESS_KEY ?? '');
  const files = ['AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE'] as const;
  return {
    set: { AWS_REGION: region, AWS_DEFAULT_REGION: region },
    unset: [
      ...(localEndpoint ? ['AWS_ENDPOINT_URL'] : []),
      ...(localKeys ? ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'] : []),
      ...files.filter((name) => base[name] === noSuchConfig(home)),
    ],
  };
}
