import { say } from '../../wording/wording.ts';

/** What is said of an answer that is not the one of the route. @param lab its number @param stage of its API */
export const answered = (lab: number, stage: string) => ({
  unknown: (route: string) =>
    say(
      `\`${route}\` is answered with “Missing Authentication Token”. That is how the gateway says that the stage has no such method.`,
      `Compare path and method, and deploy the API to \`${stage}\` again.`,
    ),
  notAsked: (route: string) =>
    say(
      `\`${route}\` is answered with 500 by the gateway: it could not call the function at all.`,
      "Look at the function's policy and at the URI of the integration.",
    ),
  broken: (route: string) =>
    say(
      `\`${route}\` is answered with 502 by the gateway: the function failed, or its result is not in the form that \`AWS_PROXY\` wants.`,
      `Read the log of the function (\`npm run logs ${lab}\`), then compare its result with the contract.`,
    ),
  late: (route: string) =>
    say(
      `\`${route}\` is answered with 504 by the gateway: the function did not answer in time.`,
      'Find out what the function waits for.',
    ),
  other: (route: string, status: number) =>
    say(
      `\`${route}\` is answered with the status ${status}.`,
      'Look at the answer below, and find the place that makes it.',
    ),
});

export type Answered = ReturnType<typeof answered>;
