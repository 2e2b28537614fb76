/*
 * Keeps CHANGELOG.md. A stage shows where it points now, and nothing of where it has pointed: that somebody has to
 * write down. Nothing here is to be changed.
 */
import { appendFile, readFile } from 'node:fs/promises';

const file = 'CHANGELOG.md';

/** Something that happens to a stage. */
export interface Event {
  readonly stage: string;
  /** `deploy`, `canary 10 %`, `promote`, `roll back` */
  readonly action: string;
  /** The id of the deployment. */
  readonly deployment: string;
  /** The alias that is called from then on. */
  readonly alias: string;
}

/**
 * Does what the event says and records it. What is recorded has been done, and is not done again: delete its row while
 * you practise, and it is.
 */
export async function once(event: Event, act: () => Promise<void>): Promise<void> {
  const { stage, action, deployment, alias } = event;
  const row = `| ${stage} | ${action} | ${deployment} | ${alias} |`;
  if ((await readFile(file, 'utf8')).includes(row)) return;
  await act();
  await appendFile(file, `${row}\n`);
  console.log(`${stage.padEnd(10)} ${action}: deployment ${deployment}, alias ${alias}`);
}
