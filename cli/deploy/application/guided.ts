import { createInterface, type Interface } from 'node:readline/promises';
import { UserFailure } from '../../session/failure.ts';
import type { Session } from '../../session/session.ts';
import type { Application } from './applications.ts';
import type { Watching } from './deploy-all.ts';
import { askedParameters } from './parameters.ts';
import { keepParameters } from './samconfig.ts';
import { readTemplateFile, templateIn } from './template.ts';
import { applicationTexts } from './text.ts';

/** Asks for the template's parameters, keeps the answers as `sam deploy --guided` does, and asks before the changes are made. */
export function guided(
  session: Session,
  { folder, parameters: kept, name, stackName }: Application,
  prefix: string,
): Required<Pick<Watching, 'parameters' | 'confirm'>> {
  const text = applicationTexts[session.language];
  if (!process.stdin.isTTY) throw new UserFailure(text.noTerminal, { next: text.noTerminalNext });
  return {
    parameters: () =>
      asking(async (lines) => {
        const file = templateIn(folder);
        if (file === undefined) return {};
        const said: Record<string, string> = {};
        const secrets: Record<string, string> = {};
        for (const asked of askedParameters(readTemplateFile(file, folder))) {
          const initial = kept[asked.name] ?? asked.initial ?? '';
          const more = [asked.description, asked.allowed && text.oneOf(asked.allowed.join(', '))];
          for (const line of more) if (line !== undefined) session.out(`  ${session.colors.dim(line)}`);
          const answer = (await lines.question(`  ${text.parameter(asked.name, initial)}`)).trim();
          const value = answer === '' ? initial : answer;
          if (value !== '') (asked.secret ? secrets : said)[asked.name] = value;
        }
        // A secret in a file is a secret in a repository.
        keepParameters(folder, stackName.slice(prefix.length) || name, said);
        return { ...said, ...secrets };
      }),
    confirm: () => asking(async (lines) => !/^n/i.test((await lines.question(`  ${text.go}`)).trim())),
  };
}

async function asking<T>(ask: (lines: Interface) => Promise<T>): Promise<T> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await ask(lines);
  } finally {
    lines.close();
  }
}
