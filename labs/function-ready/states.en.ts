import { say } from '../wording/wording.ts';

/** What is said of the states of a function. A reason is what Lambda tells of it, or nothing. */
export const states = {
  title: 'The function is Active on a supported runtime',
  notActive: (state: string, reason: string) =>
    say(
      `The function is in the state \`${state}\`${reason === '' ? '' : ` (${reason})`}. Lambda calls a function only when it is \`Active\`.`,
      'Deploy again, and wait for `Active` before you grade.',
    ),
  updateFailed: (reason: string) =>
    say(
      `The function's last update ended as \`Failed\`${reason === '' ? '' : ` (${reason})`}, so the older code or configuration still runs.`,
      'Mend what the reason names, and deploy again.',
    ),
  runtime: (runtime: string) =>
    say(
      `The function runs on \`${runtime}\`. This lab needs a Node.js runtime that AWS still supports.`,
      'Set the runtime to `nodejs24.x` and deploy again.',
    ),
};

export const image = say(
  'The function is built from a container image. This lab is about a zip package with a managed runtime.',
  'Delete the function and create it from a zip, as `deploy.ts` does.',
);
