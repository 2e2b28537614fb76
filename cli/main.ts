import { Command, CommanderError, Option } from 'commander';
import { commandTexts } from './commands/text.ts';
import { languageOf } from './session/language.ts';
import { shellNames } from './shell/dialects.ts';
import { openSession, type Bundle, type CommonFlags, type Session } from './session/session.ts';
import { reportFailure } from './session/report-failure.ts';

/** What a command's file exports. */
export interface CommandModule<Flags> {
  /** @returns the exit status: 0 done, 1 the student's own work failed, 2 the command could not do its work */
  run(session: Session, args: readonly string[], flags: Flags & CommonFlags): Promise<number>;
}

interface Described {
  readonly name: Exclude<keyof typeof commandTexts.en, 'usage' | 'options'>;
  readonly args?: string;
  readonly options?: readonly Option[];
  // Each file's flags are its own type; commander parses them by the options listed beside it.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly load: () => Promise<CommandModule<any>>;
}

const target = () =>
  new Option('--target <name>').choices(['embedded', 'localstack', 'aws']).default('embedded');
const yes = () => new Option('--yes');
const json = () => new Option('--json');

/** One file a command; a file is read when its command is called. */
const commands: readonly Described[] = [
  { name: 'lab', args: '[number]', options: [target(), json()], load: () => import('./commands/lab.ts') },
  {
    name: 'deploy',
    args: '<number> [application]',
    options: [target(), yes(), new Option('--guided')],
    load: () => import('./commands/deploy.ts'),
  },
  {
    name: 'invoke',
    args: '<number> [event...]',
    options: [target(), yes(), json(), new Option('--function <name>')],
    load: () => import('./commands/invoke.ts'),
  },
  {
    name: 'logs',
    args: '<number>',
    options: [
      target(),
      new Option('--follow'),
      new Option('--since <minutes>').default('60'),
      new Option('--filter <pattern>'),
    ],
    load: () => import('./commands/logs.ts'),
  },
  {
    name: 'measure',
    args: '<number>',
    options: [target(), yes(), json()],
    load: () => import('./commands/measure.ts'),
  },
  { name: 'unit', args: '<number>', load: () => import('./commands/unit.ts') },
  {
    name: 'grade',
    args: '[number]',
    options: [
      target(),
      yes(),
      json(),
      new Option('--watch'),
      new Option('--seed <text>'),
      new Option('--reporter <name=file...>'),
    ],
    load: () => import('./commands/grade.ts'),
  },
  {
    name: 'hint',
    args: '<number> [check]',
    options: [new Option('--step <n>').choices(['1', '2', '3'])],
    load: () => import('./commands/hint.ts'),
  },
  {
    name: 'solution',
    args: '<number>',
    options: [new Option('--reveal')],
    load: () => import('./commands/solution.ts'),
  },
  { name: 'reset', args: '<number>', load: () => import('./commands/reset.ts') },
  { name: 'clean', args: '<number>', options: [target(), yes()], load: () => import('./commands/clean.ts') },
  {
    name: 'new',
    args: '<what> [name]',
    options: [new Option('--from <template>')],
    load: () => import('./commands/new.ts'),
  },
  { name: 'start', options: [new Option('--ephemeral')], load: () => import('./commands/start.ts') },
  { name: 'cloud', options: [new Option('--ephemeral')], load: () => import('./commands/cloud.ts') },
  { name: 'stop', load: () => import('./commands/stop.ts') },
  {
    name: 'env',
    options: [target(), new Option('--shell <name>').choices(shellNames)],
    load: () => import('./commands/env.ts'),
  },
  { name: 'doctor', options: [target(), json()], load: () => import('./commands/doctor.ts') },
  { name: 'runtimes', args: '[major...]', load: () => import('./commands/runtimes.ts') },
];

/**
 * Runs one command.
 * @returns its exit status; a wrong use of the command line is 2
 */
export async function main(argv: readonly string[], bundle: Bundle): Promise<number> {
  let status = 0;
  quietWhenCutShort();
  const spoken = /^--lang(?:=|$)/;
  const at = argv.findIndex((arg) => spoken.test(arg));
  const flag = at < 0 ? undefined : (argv[at]?.split('=')[1] ?? argv[at + 1]);
  const language = languageOf(flag, process.env);
  const text = commandTexts[language];

  const program = new Command('npm run').exitOverride().helpCommand(false).showHelpAfterError(false);
  // What commander says of a mistake is said by us, in the student's language.
  program.configureOutput({ writeErr: () => undefined });
  for (const described of commands) {
    const { summary, example } = text[described.name];
    const command = program
      .command(`${described.name}${described.args === undefined ? '' : ` ${described.args}`}`)
      .description(summary)
      .exitOverride()
      .addOption(new Option('--lang <en|ko>', text.options.lang))
      .addOption(new Option('--no-color', text.options.color))
      .addOption(new Option('--debug').hideHelp())
      .addHelpText('after', `\n${example}`);
    for (const option of described.options ?? []) {
      const key = option.attributeName();
      option.description = key in text.options ? text.options[key as keyof typeof text.options] : '';
      command.addOption(option);
    }
    command.configureOutput({ writeErr: () => undefined });
    command.action(async (...given: unknown[]) => {
      const flags = command.opts<CommonFlags>();
      const session = openSession(flags, bundle);
      const args = given
        .slice(0, -2)
        .flat()
        .filter((arg): arg is string => typeof arg === 'string');
      try {
        const module = await described.load();
        status = await module.run(session, args, flags);
      } catch (error) {
        status = reportFailure(session, error);
      }
    });
  }

  try {
    await program.parseAsync([...argv], { from: 'user' });
    return status;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return 0;
    const name = commands.find((each) => each.name === argv[0])?.name;
    const wrong = wrongUse(text, error, name);
    process.stderr.write(`${wrong}\n`);
    return 2;
  }
}

/** `npm run logs 1 | head` closes our output before we have ended: that is no failure. */
function quietWhenCutShort(): void {
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(0);
      throw error;
    });
}

/** A wrong use of the command line, in the student's language, with how it is written right. */
function wrongUse(
  text: typeof commandTexts.en,
  error: CommanderError,
  name: Described['name'] | undefined,
): string {
  const examples = name === undefined ? 'npm run lab' : text[name].example;
  const { usage } = text;
  switch (error.code) {
    case 'commander.missingArgument':
      return `${usage.missing}\n${examples}`;
    case 'commander.unknownCommand':
    case 'commander.help':
      return `${usage.noCommand}\n${commands.map((each) => `  npm run ${each.name.padEnd(9)} ${text[each.name].summary}`).join('\n')}`;
    default:
      // commander names the option or argument in question; its sentence is English.
      return `${usage.wrong} (${error.message.replace(/^error: /, '')})\n${examples}`;
  }
}
