import { prove, replaced } from '../prove.ts';
import { lab } from './lab.ts';

const inlinePolicy = `JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Action: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
      Resource: \`arn:aws:logs:*:*:log-group:/aws/lambda/\${functionName}:*\`,
    },
  ],
})`;

prove(lab, [
  {
    name: 'a role whose own policy names one log group, and the older runtime',
    files: {
      'deploy.ts': (script) => {
        const runtime = replaced(script, 'nodejs24.x', 'nodejs22.x');
        const managed = "'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'";
        const own = replaced(runtime, managed, inlinePolicy);
        const put = replaced(own, '  AttachRolePolicyCommand,\n', '  PutRolePolicyCommand,\n');
        return replaced(
          put,
          'new AttachRolePolicyCommand({ RoleName: roleName, PolicyArn: permissions })',
          "new PutRolePolicyCommand({ RoleName: roleName, PolicyName: 'logs', PolicyDocument: permissions })",
        );
      },
    },
  },
  {
    name: 'a CommonJS package with its handler in a folder, and a handler that is not async',
    files: {
      'deploy.ts': (script) => {
        const setting = replaced(script, "'index.handler'", "'app/main.handler'");
        const format = replaced(setting, "format: 'esm'", "format: 'cjs'");
        return replaced(format, "{ 'index.mjs': bundle.contents }", "{ 'app/main.js': bundle.contents }");
      },
      'src/handler.ts': (handler) =>
        replaced(
          replaced(handler, '= async (event', '= (event'),
          'Promise<GreetingResult>',
          'GreetingResult',
        ),
    },
  },
]);
