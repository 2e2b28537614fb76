import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import type { MeasuredCall } from '../../grader/api.ts';
import { isCold } from '../../grader/measurement/measurement.ts';
import { loadMeasurement } from '../../grader/measurement/store.ts';
import { resourceName } from '../../grader/resource-name.ts';
import type { Target } from '../../grader/targets/target.ts';
import { prove, replaced } from '../prove.ts';
import type { ByHand } from '../proof/place.ts';
import { lab } from './lab.ts';
import { names } from './names.ts';
import { reportsIn } from './report/report.ts';

/** Writes figures into `answers.yaml` as a student does: into what is still empty, from one cold and one warm call. */
const fillIn: ByHand = async ({ workspace, target, account, prefix }) => {
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

prove(
  lab,
  [
    {
      name: 'a count by SET, a JSON log, and a provisioned version instead of an alias',
      files: {
        'src/handler.ts': (handler) =>
          replaced(
            replaced(handler, "'ADD visits :one'", "'SET visits = if_not_exists(visits, :zero) + :one'"),
            "{ ':one': { N: '1' } }",
            "{ ':one': { N: '1' }, ':zero': { N: '0' } }",
          ),
        'deploy.ts': (script) => {
          const json = replaced(
            script,
            'Timeout: 10, // seconds',
            "Timeout: 10, // seconds\n  LoggingConfig: { LogFormat: 'JSON' },",
          );
          const asked = replaced(
            json,
            'await pointAlias(await publish());\nawait provision();',
            'const version = await publish();\nawait pointAlias(version);\nawait provision(version);',
          );
          const taken = replaced(
            asked,
            'async function provision(): Promise<void> {',
            'async function provision(number: string): Promise<void> {',
          );
          return replaced(
            taken,
            'const alias = { FunctionName: functionName, Qualifier: aliasName };',
            'const alias = { FunctionName: functionName, Qualifier: number };',
          );
        },
      },
    },
    {
      name: 'a module loaded with await at the top level, 128 MB, and cold from the initialization type',
      files: {
        'src/handler.ts': (handler) => {
          const loaded = replaced(
            handler,
            'const districts = loadDistricts();',
            'const districts = await Promise.resolve().then(loadDistricts);',
          );
          return replaced(
            loaded,
            'cold: invocation === 1,',
            "cold: invocation === 1 && process.env.AWS_LAMBDA_INITIALIZATION_TYPE === 'on-demand',",
          );
        },
        'deploy.ts': (script) => replaced(script, 'MemorySize: 512,', 'MemorySize: 128,'),
      },
    },
  ],
  { byHand: fillIn, afterwards: ['npm run measure 4'] },
);
