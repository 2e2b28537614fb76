import type { Session } from '../session/session.ts';
import { askTool } from './ask-tool.ts';
import { textOf, type Finding } from './finding.ts';
import { readsEndpoint, versionIn } from './versions.ts';

/** Programs beside Coldstart that a student may use: none is needed. */
export async function tools(session: Session): Promise<Finding[]> {
  return Promise.all([awsCli(session), samCli(session), python(session)]);
}

async function awsCli(session: Session): Promise<Finding> {
  const text = textOf(session);
  const what = 'AWS CLI';
  const said = await askTool('aws', ['--version']);
  if (said.kind === 'absent') return { what, level: 'good', seen: text.notNeeded };
  // The first versions said it on the standard error.
  const told = said.kind === 'answered' ? /aws-cli\/\S+/.exec(`${said.out} ${said.err}`)?.[0] : undefined;
  const version = versionIn(told ?? '');
  if (told === undefined || version === undefined)
    return { what, level: 'note', seen: text.noAnswer, mend: text.noAnswerMend('aws') };
  if (!readsEndpoint(version)) return { what, level: 'note', seen: text.cliOld(told), mend: text.cliOldMend };
  return { what, level: 'good', seen: told };
}

async function samCli(session: Session): Promise<Finding> {
  const text = textOf(session);
  const what = 'SAM CLI';
  const said = await askTool('sam', ['--version']);
  if (said.kind === 'absent') return { what, level: 'good', seen: text.notNeeded };
  const version = said.kind === 'answered' && said.status === 0 ? versionIn(said.out) : undefined;
  if (version === undefined)
    return { what, level: 'note', seen: text.noAnswer, mend: text.noAnswerMend('sam') };
  return { what, level: 'good', seen: version.join('.') };
}

async function python(session: Session): Promise<Finding> {
  const found = await Promise.all(['python3', 'python'].map((command) => askTool(command, ['--version'])));
  const answered = found.find((said) => said.kind === 'answered' && said.status === 0);
  return {
    what: 'Python',
    level: 'good',
    seen: answered?.kind === 'answered' ? answered.out : textOf(session).noPython,
  };
}
