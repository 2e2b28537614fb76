import { prove, replaced } from '../prove.ts';
import { lab } from './lab.ts';

prove(lab, [
  {
    name: 'a changelog in Korean with the newest first, one call for a promotion, more members in answers, the older runtime',
    files: {
      'changelog.ts': (changelog) =>
        replaced(
          replaced(
            replaced(
              changelog,
              '`| ${stage} | ${action} | ${deployment} | ${alias} |`',
              "`- ${stage} ${action.replace('roll back', '되돌림').replace('canary', '카나리').replace('promote', '승격')}: ${deployment}, ${alias}`",
            ),
            'await appendFile(file, `${row}\\n`);',
            "await writeFile(file, `${row}\\n${await readFile(file, 'utf8')}`);",
          ),
          'import { appendFile, readFile }',
          'import { readFile, writeFile }',
        ),
      'stages.ts': (stages) =>
        replaced(
          stages,
          "    );\n    await update(stage, { op: 'remove', path: '/canarySettings' });\n",
          "      { op: 'remove', path: '/canarySettings' },\n    );\n",
        ),
      'src/release-2.ts': (release) =>
        replaced(
          replaced(
            replaced(
              release,
              'return json(200, { item, total: amount });',
              "return json(200, { item, total: amount, note: 'https://example.com/v2' });",
            ),
            "context.invokedFunctionArn.split(':')[7]",
            'stageVariables?.alias',
          ),
          'const releaseOf = ({ requestContext }:',
          'const releaseOf = ({ requestContext, stageVariables }:',
        ),
      'deploy.ts': (script) => replaced(script, 'nodejs24.x', 'nodejs22.x'),
    },
  },
  {
    name: 'a deployment that is taken for the canary, and more of everything: stages, deployments, variables',
    files: {
      'deploy.ts': (script) =>
        replaced(
          replaced(
            replaced(
              script,
              'import { allowToCall,',
              "import { APIGatewayClient, CreateDeploymentCommand } from '@aws-sdk/client-api-gateway';\nimport { allowToCall,",
            ),
            'const release2 = {',
            [
              'await new APIGatewayClient().send(new CreateDeploymentCommand({',
              "  restApiId: apiId, stageName: 'prod', description: 'release 2',",
              "  canarySettings: { percentTraffic: 10, stageVariableOverrides: { alias: 'green' } },",
              '}));',
              'const release2 = {',
            ].join('\n'),
          ),
          'await visit(dev, prod);',
          "await deploy({ apiId, stageName: 'test' }, release1);\nawait visit(dev, prod);",
        ),
      'stages.ts': (stages) =>
        replaced(
          stages,
          'variables: { alias },',
          "variables: { alias, tokenUrl: 'https://id.example.com' },",
        ),
    },
  },
]);
