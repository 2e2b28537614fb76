import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DescribeStacksCommand, CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { localAddress } from '../../cli/deploy/application/report.ts';
import { localAccount, targetEnvironment } from '../../cli/session/environment.ts';
import type { Student } from '../../cli/testing/student.ts';
import { commandsOf, readGuide, wordsOf } from '../../labs/proof/guide.ts';
import { projectRoot } from '../../tooling/root.ts';

/** How a command of a README ended. */
export interface Followed {
  readonly command: string;
  /** `missing`: the program is not on this machine. */
  readonly status: number | 'missing' | null;
  readonly output: string;
}

export const readmeOf = (name: string, file = 'README.md'): string =>
  readFileSync(join(projectRoot(), 'templates', name, file), 'utf8');

/** Programs that build for a real account; the proof of the SAM CLI is another test. */
const elsewhere = new Set(['sam']);

/** Does what a README says, as a student who types its commands. */
export async function followReadme(name: string, ada: Student): Promise<Followed[]> {
  const folder = join(ada.work, name);
  const variables: Record<string, string> = {};
  const environment = (): NodeJS.ProcessEnv =>
    targetEnvironment({ endpoint: cloudOf(ada), ...localAccount }, process.env, ada.home);

  const follow = async (command: string): Promise<Omit<Followed, 'command'>> => {
    const [, variable, inner] = /^export (\w+)=\$\((.+)\)$/.exec(command) ?? [];
    if (variable !== undefined && inner !== undefined) {
      const answered = await follow(inner);
      variables[variable] = answered.output.trim();
      return answered;
    }
    const filled = command.replaceAll(/\$([A-Z_]+)/g, (whole, each: string) => variables[each] ?? whole);
    const [program = '', ...args] = wordsOf(filled);
    if (program === 'npm') {
      const ran = await ada.run(args.slice(1).filter((word) => word !== '--'));
      if (args[1] === 'deploy')
        Object.assign(variables, await outputsOf(name, ada), { AWS_ENDPOINT_URL: cloudOf(ada) });
      return { status: ran.status, output: ran.seen };
    }
    const ended = await run(program, args, folder, environment());
    // What the README asks to be written by hand.
    if (program === 'node' && args[1] === 'keys')
      appendFileSync(
        join(folder, 'samconfig.toml'),
        `parameter_overrides = "PublicKey=${ended.output.trim()}"\n`,
      );
    return ended;
  };

  const followed: Followed[] = [];
  for (const { command } of commandsOf(readGuide(readmeOf(name)), '')) {
    if (elsewhere.has(wordsOf(command)[0] ?? '')) continue;
    followed.push({ command, ...(await follow(command)) });
  }
  return followed;
}

/** Empty before the first command that needs a cloud. */
function cloudOf(ada: Student): string {
  const file = join(ada.home, 'running.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { cloud: string }).cloud : '';
}

/** Outputs by the names that READMEs give them: `TodosUrl` as `TODOS_URL`. */
async function outputsOf(StackName: string, ada: Student): Promise<Record<string, string>> {
  const endpoint = cloudOf(ada);
  const { region, ...credentials } = localAccount;
  const client = new CloudFormationClient({ endpoint, region, credentials });
  const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName }));
  client.destroy();
  return Object.fromEntries(
    (stack?.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [
      OutputKey.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase(),
      localAddress(OutputValue, endpoint) ?? OutputValue,
    ]),
  );
}

function run(
  program: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<Omit<Followed, 'command'>> {
  return new Promise((resolve) => {
    let output = '';
    const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true });
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
    child.once('error', (error) => {
      resolve({ status: 'missing', output: error.message });
    });
    child.once('close', (status) => {
      resolve({ status, output });
    });
  });
}
