import { copyFigures } from '../proof/copy-figures.ts';
import { prove, replaced } from '../prove.ts';
import { lab } from './lab.ts';

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
  { byHand: copyFigures, afterwards: ['npm run measure 4'] },
);
