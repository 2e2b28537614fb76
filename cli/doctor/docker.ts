import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Session } from '../session/session.ts';
import { askTool } from './ask-tool.ts';
import { readCompose } from './compose.ts';
import { textOf, type Finding } from './finding.ts';
import { versionIn } from './versions.ts';

const tokenName = 'LOCALSTACK_AUTH_TOKEN';

/** Docker and what `docker-compose.yml` needs of it. Nothing here is bad: Coldstart needs no Docker. */
export async function docker(session: Session): Promise<Finding[]> {
  const { services } = readCompose(session.root);
  const asking = services['localstack-current']?.image ?? '';
  const [engine, findings] = await engineOf(session);
  return [
    ...findings,
    ...(engine ? await Promise.all([compose(session), images(session)]) : []).flat(),
    token(session, asking),
  ];
}

/** @returns whether a daemon answers, and what is to be said of it */
async function engineOf(session: Session): Promise<[boolean, Finding[]]> {
  const text = textOf(session);
  const what = 'Docker';
  const [client, daemon] = await Promise.all([
    askTool('docker', ['--version']),
    askTool('docker', ['version', '--format', '{{.Server.Version}}']),
  ]);
  if (client.kind === 'absent')
    return [false, [{ what, level: 'note', seen: text.dockerNone, mend: text.dockerNoneMend }]];
  const version = client.kind === 'answered' ? (versionIn(client.out)?.join('.') ?? what) : what;
  if (daemon.kind === 'answered' && daemon.status === 0)
    return [true, [{ what, level: 'good', seen: text.dockerRuns(version, daemon.out) }]];
  const refused = daemon.kind === 'answered' && /permission denied/i.test(daemon.err);
  return [
    false,
    [
      refused
        ? { what, level: 'note', seen: text.dockerRefused(version), mend: text.dockerRefusedMend }
        : { what, level: 'note', seen: text.dockerSilent(version), mend: text.dockerSilentMend },
    ],
  ];
}

async function compose(session: Session): Promise<Finding> {
  const text = textOf(session);
  const what = 'Docker Compose';
  const said = await askTool('docker', ['compose', 'version', '--short']);
  return said.kind === 'answered' && said.status === 0
    ? { what, level: 'good', seen: said.out }
    : { what, level: 'note', seen: text.noCompose, mend: text.noComposeMend };
}

async function images(session: Session): Promise<Finding[]> {
  const text = textOf(session);
  const said = await askTool('docker', ['image', 'ls', '--format', '{{.Repository}}:{{.Tag}}']);
  const here = new Set(said.kind === 'answered' ? said.out.split(/\r?\n/) : []);
  return Object.values(readCompose(session.root).services).map(({ image, profiles: [profile = ''] }) =>
    here.has(image)
      ? { what: image, level: 'good', seen: text.imageHere }
      : { what: image, level: 'good', seen: text.imageNot, mend: text.imageMend(profile) },
  );
}

/** Whether there is a token, where Compose finds one: in the shell, or in the file `.env`. Never what it is. */
function token(session: Session, image: string): Finding {
  const text = textOf(session);
  const file = join(session.root, '.env');
  const written = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const set =
    (session.env[tokenName] ?? '') !== '' ||
    new RegExp(`^\\s*(export\\s+)?${tokenName}=.`, 'm').test(written);
  return { what: tokenName, level: 'good', seen: set ? text.tokenSet : text.tokenNone(image) };
}
