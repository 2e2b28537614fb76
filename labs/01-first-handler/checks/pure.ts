import type { StudentModule } from '../../../grader/api.ts';
import { listed, shown } from '../../wording/wording.ts';
import type { Context, LabCheck } from './context.ts';

/** What ties a module to AWS: its SDKs, their parts, and the libraries that are written for Lambda. */
const ofAws =
  /^(@aws-sdk\/|@smithy\/|@aws-lambda-powertools\/|@aws-crypto\/|aws-sdk(\/|$)|aws-lambda(\/|$)|aws-xray-sdk)/;

const pure: LabCheck = {
  id: 'pure-greeting',
  title: (text) => text.pure.title,
  points: 5,
  verifiedOn: ['embedded'],
  hints: (text) => text.pure.hints,
  async run(context) {
    const { text } = context;
    const module = await context.module('src/greeting.ts');
    const tied = module.imports.filter((name) => ofAws.test(name));
    if (tied.length > 0) {
      context.fail({
        ...text.pure.imports(listed(text, tied)),
        actual: module.imports.join(', '),
      });
    }
    if (!module.exports.includes('greet')) {
      const exports = listed(text, module.exports);
      context.fail({ ...text.pure.noExport(exports), expected: 'greet', actual: module.exports.join(', ') });
    }
    const word = context.nonce('word');
    const name = `${context.nonce('name')} 민지`;
    await calls(context, module, [word, name], `${word}, ${name}!`);
    await calls(context, module, [word, ''], `${word}, world!`);
  },
};

async function calls(
  context: Context,
  module: StudentModule,
  args: readonly [string, string],
  expected: string,
): Promise<void> {
  // What the student's module throws ends the check with the engine's own finding, which names the line.
  const actual = await module.call('greet', ...args);
  const call = `greet(${args.map(shown).join(', ')})`;
  context.expect(actual, context.text.pure.different(call)).toBe(expected);
}

export const pureChecks = { pure };
