import { visible } from '../../../grader/reporters/visible.ts';
import { UserFailure } from '../../session/failure.ts';
import type { Session } from '../../session/session.ts';
import { asking, type Ask } from '../../terminal/ask.ts';
import type { Application } from './applications.ts';
import type { Watching } from './deploy-all.ts';
import { askedParameters, refusalOf, type AskedParameter } from './parameters.ts';
import { keepParameters } from './samconfig.ts';
import { readTemplateFile, templateIn, type Template } from './template.ts';
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
    parameters: (inStack) =>
      asking(async (ask) => {
        const file = templateIn(folder);
        if (file === undefined) return {};
        const template = readTemplateFile(file, folder);
        const said: Record<string, string> = {};
        const secrets: Record<string, string> = {};
        for (const asked of askedParameters(template)) {
          const value = await answerTo(session, ask, {
            template,
            asked,
            initial: kept[asked.name] ?? asked.initial,
            inStack: inStack.includes(asked.name),
          });
          if (value === undefined || value === '') continue;
          // A secret in a file is a secret in a repository: none is put there. One that the student has put there stays.
          const keeps = !asked.secret || value === kept[asked.name];
          (keeps ? said : secrets)[asked.name] = value;
        }
        keepParameters(folder, stackName.slice(prefix.length) || name, said);
        return { ...said, ...secrets };
      }),
    confirm: () => asking(async (ask) => !/^n/i.test(await ask(`  ${text.go}`))),
  };
}

interface Question {
  readonly template: Template;
  readonly asked: AskedParameter;
  /** What it is where nothing is typed. */
  readonly initial: string | undefined;
  /** The stack has a value, which stays where nothing is typed and nothing is known. */
  readonly inStack: boolean;
}

/** Asks until the template allows the answer. @returns undefined: what the stack has stays */
async function answerTo(
  session: Session,
  ask: Ask,
  { template, asked, initial, inStack }: Question,
): Promise<string | undefined> {
  const text = applicationTexts[session.language];
  const { dim, red } = session.colors;
  const { name, description, allowed, secret } = asked;
  for (const line of [description, allowed && text.oneOf(allowed.join(', '))])
    if (line !== undefined) session.err(`  ${dim(visible(line))}`);
  const known = initial !== undefined || inStack;
  const shown = secret ? (known ? '****' : '') : (initial ?? '');
  for (;;) {
    const answer = await ask(`  ${text.parameter(name, shown)}`, { hidden: secret });
    const value = answer === '' ? initial : answer;
    if (value === undefined && inStack) return undefined;
    const refusal = value === undefined ? text.needsValue(name) : refusalOf(template, name, value);
    if (refusal === undefined) return value;
    session.err(`  ${red(value === undefined ? refusal : text.notAllowed(refusal))}`);
  }
}
