import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { shown } from '../../wording/wording.ts';
import { changelog as file } from '../names.ts';
import { entriesIn } from '../record/entries.ts';
import { lackOf, type Lack } from '../record/verdict.ts';
import { apiOf } from './api.ts';
import type { Context, LabCheck } from './context.ts';
import { deploymentsOf, timeOf } from '../../rest-api/deployments.ts';

/** More than a shop of this course releases: 64 KB. What is longer is not read. */
const mostBytes = 64 * 1024;

const changelog: LabCheck = {
  id: 'changelog',
  title: (text) => text.changelog.title,
  points: 10,
  needs: ['promotion', 'rollback'],
  verifiedOn: ['embedded'],
  hints: (text) => text.changelog.hints,
  async run(context) {
    const { text, clients } = context;
    const markdown = await read(context);
    const { id, stages } = apiOf(context);
    const deployments = await deploymentsOf(clients.apigateway, id);
    const taken = new Map(deployments.map((deployment) => [deployment.id, timeOf(deployment)]));
    const entries = entriesIn(markdown, new Set(taken.keys()));
    const now = { dev: stages.dev.deploymentId, prod: stages.prod.deploymentId };
    const lack = lackOf(entries, { now, taken });
    if (lack === undefined) return;
    context.fail({
      ...sentence(context, lack, now),
      evidence: [
        { label: text.evidence.read(file), value: entries.map(({ line }) => line).join('\n') },
        {
          label: 'GetDeployments',
          value: shown(deployments.map(({ id: deployment, description }) => ({ deployment, description }))),
        },
      ],
    });
  },
};

function sentence({ text }: Context, lack: Lack, now: Readonly<Record<'dev' | 'prod', string>>) {
  switch (lack.kind) {
    case 'other':
      return {
        ...text.changelog.other(lack.tried, lack.promoted),
        expected: lack.tried,
        actual: lack.promoted,
      };
    case 'stale':
      return {
        ...text.changelog.stale(lack.stage, now[lack.stage]),
        expected: now[lack.stage],
        actual: lack.last ?? '',
      };
    default:
      return text.changelog[lack.kind];
  }
}

async function read(context: Context): Promise<string> {
  const { text } = context;
  const path = join(context.submission, file);
  try {
    const { size } = await stat(path);
    if (size > mostBytes)
      return context.fail({ ...text.changelog.tooLong, expected: `≤ ${mostBytes}`, actual: String(size) });
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return context.fail({ ...text.changelog.noFile, expected: file });
  }
}

export const changelogChecks = { changelog };
