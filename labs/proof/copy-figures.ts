import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import type { MeasuredCall } from '../../grader/api.ts';
import { isCold } from '../../grader/measurement/measurement.ts';
import { loadMeasurement } from '../../grader/measurement/store.ts';
import { resourceName } from '../../grader/resource-name.ts';
import type { Target } from '../../grader/targets/target.ts';
import { names } from '../04-cold-starts/names.ts';
import { reportsIn } from '../04-cold-starts/report/report.ts';
import type { ByHand } from './student.ts';

/** Lab 4: writes figures into `answers.yaml` as a student does: into what is still empty, from one cold and one warm call. */
export const copyFigures: ByHand = async ({ workspace, target, account, prefix }) => {
  const calls =
    loadMeasurement(workspace)?.calls ??
    (await callTwice(target, resourceName(names.function, prefix, account)));
  const cold = calls.find(isCold);
  const warm = calls.find((call) => !isCold(call));
  if (cold === undefined || warm === undefined) return;
  const times = (cold.initMs + cold.durationMs) / warm.durationMs;
  const figures = {
    cold: { ...cold },
    warm: { ...warm },
    coldTimesWarm: times.toFixed(1),
  };
  const file = join(workspace, 'answers.yaml');
  let part: 'cold' | 'warm' | undefined;
  const filled = readFileSync(file, 'utf8')
    .split('\n')
    .map((line) => {
      const [, indent, key = '', value, comment = ''] =
        /^( *)(\w+):(?: +([^#\s]\S*))?( *#.*)?$/.exec(line) ?? [];
      if (indent === '') part = key === 'cold' || key === 'warm' ? key : undefined;
      if (value !== undefined) return line;
      if (key === 'coldTimesWarm') return `coldTimesWarm: ${figures.coldTimesWarm}`;
      const figure =
        part === undefined || indent === '' ? undefined : figures[part][key as keyof MeasuredCall];
      return figure === undefined ? line : `${indent ?? ''}${key}: ${String(figure)}${comment}`;
    });
  writeFileSync(file, filled.join('\n'));
};

/** A function that was deployed a moment ago meets its first call cold. None where it fails. */
async function callTwice({ pool }: Target, name: string): Promise<MeasuredCall[]> {
  const lambda = await pool.load('lambda');
  const calls: MeasuredCall[] = [];
  for (let count = 0; count < 2; count += 1) {
    const Payload = Buffer.from(JSON.stringify({ visitor: 'Ada', postcode: '04524' }));
    const answer = await lambda.send(new InvokeCommand({ FunctionName: name, Payload, LogType: 'Tail' }));
    if (answer.FunctionError !== undefined) return [];
    const [report] = reportsIn(Buffer.from(answer.LogResult ?? '', 'base64').toString('utf8'));
    if (report === undefined) return [];
    const { requestId, initMs, durationMs, billedMs } = report;
    calls.push({ requestId, ...(initMs === undefined ? {} : { initMs }), durationMs, billedMs });
  }
  return calls;
}
