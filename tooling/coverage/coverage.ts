import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { provenRows } from '../../emulator/behaviours/proven.ts';
import { areas, rows, type RowName } from '../../emulator/behaviours/rows.ts';
import { identities } from '../../emulator/services/identities.ts';
import { services } from '../../emulator/services/registry.ts';
import { startCloud } from '../../emulator/start.ts';

/** What a service of the embedded cloud has, read from its own table. */
export interface ServiceCoverage {
  readonly id: string;
  readonly operations: readonly string[];
  /** How many operations the service has on AWS, by the installed SDK client. */
  readonly known: number;
  readonly withoutEffect: Readonly<Record<string, string>>;
}

/** Loads every service and reads its table. */
export async function readCoverage(): Promise<ServiceCoverage[]> {
  const home = mkdtempSync(join(realpathSync(tmpdir()), 'coldstart-coverage-'));
  const running = await startCloud({ port: 0, home, ephemeral: true });
  try {
    const found: ServiceCoverage[] = [];
    for (const [id, load] of Object.entries(services)) {
      const { default: module } = await load();
      const service = module.create(running.cloud);
      found.push({
        id,
        operations: Object.keys(service.operations).sort(),
        known: Object.values(module.schemas).filter((schema) => Array.isArray(schema) && schema[0] === 9)
          .length,
        withoutEffect: service.withoutEffect ?? {},
      });
      await service.stop?.();
    }
    return found.sort((a, b) => a.id.localeCompare(b.id));
  } finally {
    await running.stop();
    rmSync(home, { recursive: true, force: true });
  }
}

/** The coverage page. */
export function coveragePage(coverage: readonly ServiceCoverage[]): string {
  const names: Readonly<Record<string, { signingName: string; version: string }>> = identities;
  const sections = coverage.map(({ id, operations, known, withoutEffect }) => {
    const version = names[id]?.version ?? '';
    const notes = Object.entries(withoutEffect);
    return [
      `## ${id}`,
      '',
      `API ${version}. ${String(operations.length)} of ${String(known)} operations:`,
      '',
      operations.map((name) => `\`${name}\``).join(' · '),
      ...(notes.length === 0
        ? []
        : [
            '',
            'Accepted and stored, without effect here:',
            '',
            '| | why |',
            '|---|---|',
            ...notes.map(([member, why]) => `| \`${member}\` | ${why} |`),
          ]),
      '',
    ].join('\n');
  });
  return [
    '# What the embedded cloud has',
    '',
    'Made by `npm run coverage` from the services’ own tables; a test fails when it is out of date. Every other operation answers 501 with its name.',
    '',
    ...behaviourTable(),
    ...sections,
  ].join('\n');
}

/** What AWS does beyond its operations: “yes” only where a test shows it. */
function behaviourTable(): string[] {
  const proven = provenRows();
  const names = Object.keys(rows) as RowName[];
  const line = (name: RowName): string => {
    const file = proven.get(name);
    const has = file === undefined ? 'not yet' : `yes: [test](../emulator/behaviours/${file})`;
    return `| ${rows[name].behaviour} | ${has} |`;
  };
  return [
    '## Behaviour',
    '',
    'What AWS does, and servers that imitate it often do not. Each “yes” is a test that shows it by the SDK and by HTTP, as a student’s work is graded.',
    '',
    ...areas.flatMap((area) => [
      `| ${area} | here |`,
      '|---|---|',
      ...names.filter((name) => rows[name].area === area).map(line),
      '',
    ]),
  ];
}
