import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { assureLocal } from '../../grader/targets/stays-local.ts';
import { applicationName } from '../applications/application.ts';
import { applicationTemplates, copyTemplate, type ApplicationTemplate } from '../applications/templates.ts';
import { applicationTexts } from '../applications/text.ts';
import { UserFailure } from '../session/failure.ts';
import type { Session } from '../session/session.ts';
import { relativeToHere } from '../workspace/relative.ts';

interface Flags {
  readonly from?: string;
}

/** Makes a student's own application out of one of `templates/`, in `work/`. */
export async function run(session: Session, args: readonly string[], flags: Flags): Promise<number> {
  const text = applicationTexts[session.language];
  const [what = '', said] = args;
  // Nothing is sent from here. What is made is deployed next, and whoever points elsewhere should hear so before.
  await assureLocal(session.env, session.language);
  if (what !== 'app') throw new UserFailure(text.what(what), { next: text.whatNext });
  if (said !== undefined && !applicationName.test(said))
    throw new UserFailure(text.badName(said), { next: text.badNameNext });

  const template = await chosen(session, flags.from, said);
  const name = said ?? template.name;
  const folder = relativeToHere(join(session.work, name));
  if (!copyTemplate(template, name, session.work))
    throw new UserFailure(text.there(folder), { next: text.thereNext(name) });

  const { bold, dim } = session.colors;
  session.out(`\n  ${text.made(bold(name), bold(folder))}`);
  session.out(`  ${template.description}\n`);
  session.out(`  ${bold(text.next)}`);
  const readme = join(folder, session.language === 'ko' ? 'README.ko.md' : 'README.md');
  [text.read(readme), `npm run deploy ${name}`].forEach((step, at) =>
    session.out(`  ${dim(`${String(at + 1)}.`)} ${step}`),
  );
  session.out('');
  return 0;
}

/** The template that a flag names, or the name of the new application, or whoever sits there. */
async function chosen(
  session: Session,
  flag: string | undefined,
  name: string | undefined,
): Promise<ApplicationTemplate> {
  const text = applicationTexts[session.language];
  const templates = applicationTemplates(session);
  const wanted = flag ?? name;
  const found = templates.find((each) => each.name === wanted);
  if (found !== undefined) return found;
  const names = templates.map((each) => each.name).join(', ');
  if (flag !== undefined) throw new UserFailure(text.unknown(flag), { next: text.unknownNext(names) });
  if (!process.stdin.isTTY)
    throw new UserFailure(text.choose, {
      where: names,
      next: text.chooseNext(name ?? 'my-app', templates[0]?.name ?? ''),
    });
  return ask(session, templates);
}

async function ask(
  session: Session,
  templates: readonly ApplicationTemplate[],
): Promise<ApplicationTemplate> {
  const text = applicationTexts[session.language];
  const { bold, dim } = session.colors;
  session.out(`\n  ${bold(text.which)}`);
  const widest = Math.max(...templates.map(({ name }) => name.length));
  templates.forEach(({ name, description }, at) =>
    session.out(`  ${dim(String(at + 1))}  ${name.padEnd(widest)}  ${dim(description)}`),
  );
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  try {
    for (;;) {
      const answer = (await lines.question(`\n  ${text.number(templates.length)}`)).trim();
      const found = templates[Number(answer) - 1] ?? templates.find(({ name }) => name === answer);
      if (found !== undefined) return found;
    }
  } finally {
    lines.close();
  }
}
