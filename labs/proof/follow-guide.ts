import { randomInt } from 'node:crypto';
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { targetEnvironment } from '../../cli/session/environment.ts';
import { projectRoot } from '../../tooling/root.ts';
import { openTarget } from '../../grader/targets/open.ts';
import { wordsOf } from './guide.ts';
import type { ByHand } from './student.ts';

/** How a command of a guide ended. */
export interface Followed {
  readonly command: string;
  /** `missing`: the program is not on this machine. */
  readonly status: number | 'missing';
  readonly output: string;
}

export interface Walk {
  readonly commands: readonly { readonly step: number; readonly command: string }[];
  /** The lab's folder name: `01-first-handler`. */
  readonly lab: string;
  /** From this step on the student's work is done: the solution takes the starter's place. */
  readonly doneFrom: number;
  /** Files of the workspace that stay as the starter has them, because the guide's commands do what they would. */
  readonly leftOpen?: readonly string[];
  /** Done in the workspace after each of these commands. */
  readonly byHand?: ByHand | undefined;
  readonly afterwards?: readonly string[];
}

/**
 * Does what a guide says, in a folder that looks like the project to the commands: with Coldstart's own command
 * line, a cloud and a page of its own on free ports, and the AWS CLI and its like as they are on this machine.
 */
export async function followGuide(walk: Walk): Promise<Followed[]> {
  const { commands, lab, doneFrom, leftOpen = [], byHand, afterwards = [] } = walk;
  const root = projectRoot();
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'coldstart-guide-')));
  const [cloudPort, pagePort] = await freePorts();
  const cloud = `http://127.0.0.1:${cloudPort}`;
  const base: NodeJS.ProcessEnv = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_') && name !== 'LAB_PREFIX'),
  );
  const own: NodeJS.ProcessEnv = {
    ...base,
    INIT_CWD: folder,
    COLDSTART_HOME: join(folder, '.coldstart'),
    COLDSTART_WORK: join(folder, 'work'),
    COLDSTART_CLOUD_PORT: String(cloudPort),
    COLDSTART_PAGE_PORT: String(pagePort),
    COLDSTART_LANG: 'en',
    NO_COLOR: '1',
  };
  const coldstart = (args: readonly string[]) =>
    run(process.execPath, [join(root, 'cli', 'launch.mjs'), ...args], folder, own);
  // What the student's shell has been told by `export` lines; without them the AWS CLI knows no account at all.
  let exported: NodeJS.ProcessEnv = {};
  const outside = () =>
    ({
      ...targetEnvironment(
        { endpoint: cloud, region: '', accessKeyId: '', secretAccessKey: '' },
        base,
        folder,
      ),
      AWS_ENDPOINT_URL: undefined,
      AWS_REGION: undefined,
      AWS_DEFAULT_REGION: undefined,
      AWS_ACCESS_KEY_ID: undefined,
      AWS_SECRET_ACCESS_KEY: undefined,
      ...exported,
    }) satisfies NodeJS.ProcessEnv;

  const follow = async (command: string): Promise<Omit<Followed, 'command'>> => {
    const [, name, inner] = /^export (\w+)=\$\((.+)\)$/.exec(command) ?? [];
    if (name !== undefined && inner !== undefined) {
      const answered = await follow(inner);
      exported = { ...exported, [name]: answered.output.trim() };
      return answered;
    }
    const [program = '', ...args] = wordsOf(command).map((word) =>
      word.replaceAll(/\$([A-Z_]+)\b/g, (whole, variable: string) => exported[variable] ?? whole),
    );
    switch (program) {
      case 'export':
        for (const pair of args) {
          const [name = '', value = ''] = pair.split(/=(.*)/s);
          exported = { ...exported, [name]: value.replace('http://127.0.0.1:4566', cloud) };
        }
        return Promise.resolve({ status: 0, output: '' });
      case 'npm': {
        const [verb, ...rest] = args;
        if (verb !== 'run') throw new Error(`a guide may say \`npm run\`, not \`npm ${verb ?? ''}\``);
        return coldstart(rest.filter((word) => word !== '--'));
      }
      case 'npx':
        return run(
          process.execPath,
          [join(root, 'node_modules', args[0] ?? '', 'bin', args[0] ?? ''), ...args.slice(1)],
          folder,
          // The folder lies outside of the project, and what is bundled finds the project's packages as in it.
          { ...base, NODE_PATH: join(root, 'node_modules') },
        );
      case 'aws':
        return run('aws', args, folder, outside());
      case 'zip':
        return run('zip', args, folder, base);
      default:
        throw new Error(`nobody knows how to run \`${command}\` of the guide`);
    }
  };

  const followed: Followed[] = [];
  try {
    let done = false;
    for (const { step, command } of commands) {
      if (!done && step >= doneFrom) {
        cpSync(join(root, 'solutions', lab), join(folder, 'work', lab), { recursive: true });
        for (const file of leftOpen)
          cpSync(join(root, 'labs', lab, 'starter', file), join(folder, 'work', lab, file));
        done = true;
      }
      const ended = await follow(command);
      followed.push({ command, ...ended });
      if (ended.status === 'missing') break;
      if (byHand !== undefined && ended.status === 0 && afterwards.includes(command)) {
        const wish = { name: 'embedded', env: {}, endpoint: cloud } as const;
        const target = await openTarget(wish, 'en');
        const { account } = await target.whoami();
        await byHand({ workspace: join(folder, 'work', lab), target, account, prefix: '' });
        target.close();
      }
    }
    return followed;
  } finally {
    await coldstart(['stop']);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

function run(
  program: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<{ status: number | 'missing'; output: string }> {
  return new Promise((resolve) => {
    let output = '';
    const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true });
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
    child.once('error', (error) => {
      resolve({ status: 'missing', output: error.message });
    });
    child.once('close', (code) => {
      resolve({ status: code ?? 1, output });
    });
  });
}

/**
 * Two ports that nobody has now. Below those that systems give out by themselves: a connection of a test beside this
 * one had taken such a port before the cloud did.
 */
async function freePorts(): Promise<[number, number]> {
  const first = await freePort();
  for (;;) {
    const second = await freePort();
    if (second !== first) return [first, second];
  }
}

async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 32_000);
    const server = createServer();
    const free = await new Promise<boolean>((resolve) => {
      server.once('error', () => {
        resolve(false);
      });
      server.listen(port, '127.0.0.1', () => {
        server.close(() => {
          resolve(true);
        });
      });
    });
    if (free) return port;
  }
}
