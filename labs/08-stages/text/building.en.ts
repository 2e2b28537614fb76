import { hints, say } from '../../wording/wording.ts';

/** What the checks of the API, the versions and what joins them say. */
export const building = {
  api: {
    title: 'One API has the stages dev and prod',
    hints: hints(
      'An API has an id, and its address has it, too. What happens to clients when a release makes another API?',
      'Run `npm run deploy 8` as it is. It makes the API and both stages.',
      'One REST API `lab08-shop` with `GET /release`, and the stages `dev` and `prod` in it.',
    ),
    missing: (name: string) =>
      say(
        `There is no REST API named \`${name}\` in this region.`,
        'Run `npm run deploy 8`. An HTTP API is another kind and does not count here.',
      ),
    several: (name: string, count: number) =>
      say(
        `There are ${count} REST APIs named \`${name}\`. A release that makes an API gives clients a new address each time, and nobody can roll back.`,
        'Keep one API, delete the others, and release by deployments and stages.',
      ),
    release: (name: string) =>
      say(
        `There is another API \`${name}\`, named for a release. It has an address of its own, so every client has to move, and no canary can divide requests between two APIs.`,
        'Delete it, and release the change as a deployment of `lab08-shop`.',
      ),
    noMethod: (route: string) =>
      say(
        `The API has no \`${route}\`, by which a stage tells who answers.`,
        'Make the method as the starter does, and deploy again.',
      ),
    noStage: (stage: string) =>
      say(
        `The API has no stage \`${stage}\`.`,
        `Make the stage \`${stage}\`, and point it at a deployment of the API.`,
      ),
  },

  integration: {
    title: 'The URI leaves the alias to the stage',
    hints: hints(
      'The URI of an integration is a part of the deployment. How could one deployment call two aliases?',
      'A stage variable may stand in the URI. It is filled in when a request comes, by the stage that it comes to.',
      'The URI ends in `:function:lab08-shop:${stageVariables.alias}/invocations`.',
    ),
    other: (route: string, name: string) =>
      say(
        `The integration of \`${route}\` is no POST of the type \`AWS_PROXY\` to the function \`${name}\`.`,
        'Compare the type, the HTTP method and the URI with those of the starter.',
      ),
    noAlias: (route: string) =>
      say(
        `The integration of \`${route}\` names the function and no alias. It calls whatever was uploaded last, on every stage.`,
        'Put `:${stageVariables.alias}` behind the name of the function.',
      ),
    fixed: (route: string, qualifier: string) =>
      say(
        `The integration of \`${route}\` always calls \`${qualifier}\`, whatever the variable \`alias\` of the stage says.`,
        `Write \`\${stageVariables.alias}\` in the place of \`${qualifier}\`, and take a new deployment.`,
      ),
    role: (route: string) =>
      say(
        `The integration of \`${route}\` calls the function by a role (\`credentials\`). That works, and hides what this lab is about: the policy of each alias.`,
        'Leave `credentials` out, and let the gateway in by a permission of each alias.',
      ),
  },

  variables: {
    title: 'No stage variable is a secret',
    hints: hints(
      'Who can read the variables of a stage?',
      'Whoever may call `GetStage`, every export and every log that shows the event: variables are configuration.',
      'Remove the variable. A secret belongs into AWS Secrets Manager or an encrypted parameter; a variable may say which.',
    ),
    secret: (stage: string, variable: string) =>
      say(
        `The variable \`${variable}\` of the stage \`${stage}\` looks like a secret. Variables are plain text: they stand in \`GetStage\`, in exports and in each event that the function gets.`,
        'Remove it, and if it was real, replace the secret itself, too.',
      ),
  },

  versions: {
    title: 'blue and green are two published versions',
    hints: hints(
      'What does an alias need so that nobody changes what it stands for by an upload?',
      'A published version never changes. `blue` stands for the first release, `green` for the second.',
      'Publish `src/release-1.ts` and `src/release-2.ts`, and point `blue` at the first version and `green` at the second.',
    ),
    missing: (alias: string) =>
      say(
        `The function has no alias \`${alias}\`.`,
        `Publish the version, and point the alias \`${alias}\` at it.`,
      ),
    latest: (alias: string) =>
      say(
        `The alias \`${alias}\` stands for \`$LATEST\`, which every upload changes. Then a release happens by accident, and no way leads back.`,
        'Publish a version, and point the alias at its number.',
      ),
    weighted: (alias: string) =>
      say(
        `The alias \`${alias}\` sends a part of its calls to another version. Lambda can do that; here the stage divides requests, and two divisions at once tell nobody anything.`,
        'Take the routing configuration away from the alias.',
      ),
    same: (version: string) =>
      say(
        `Both aliases stand for version ${version}. Whoever goes back to \`blue\` gets what \`green\` has.`,
        'Point `blue` at the version of the first release.',
      ),
    sameCode: (blue: string, green: string) =>
      say(
        `The versions ${blue} and ${green} have the same code, so there is nothing to release.`,
        'Publish `src/release-1.ts` for `blue` and `src/release-2.ts` for `green`.',
      ),
  },

  permission: {
    title: 'Each alias lets in this API, at every stage',
    hints: hints(
      'A function has a policy. Has an alias one, too?',
      'It has one of its own. What `blue` allows, `green` does not know.',
      'For each alias and each method: `AddPermission` with `Qualifier`, and the source ARN `…:<api id>/*/GET/v1/quote`.',
    ),
    missing: (alias: string, route: string) =>
      say(
        `The policy of the alias \`${alias}\` does not let API Gateway call it for \`${route}\`. A stage whose variable says \`${alias}\` answers 500. Each alias has a policy of its own.`,
        `Add a permission with the qualifier \`${alias}\` for \`apigateway.amazonaws.com\`.`,
      ),
    stage: (alias: string, route: string) =>
      say(
        `The policy of the alias \`${alias}\` lets \`${route}\` in at some stages only. A stage that is made for a trial tomorrow, as the grader makes one, gets 500.`,
        'Put `*` in the place of the stage: `…/*/GET/v1/quote`. API, method and path stay.',
      ),
    everybody: (alias: string) =>
      say(
        `The policy of the alias \`${alias}\` lets everybody (\`*\`) call it, past the API and whatever the API checks.`,
        'Take the statement away, and let in the principal `apigateway.amazonaws.com` only.',
      ),
    noSource: (alias: string) =>
      say(
        `A statement in the policy of the alias \`${alias}\` lets in API Gateway without a source ARN. Every API can then call the function, those of strangers too.`,
        'Give the permission a source ARN that names this API, the method and the path.',
      ),
    otherApis: (alias: string) =>
      say(
        `The source ARN of a permission of the alias \`${alias}\` covers other APIs, too.`,
        'Put the id of this API in the place of the `*`.',
      ),
    otherMethods: (alias: string) =>
      say(
        `The source ARN of a permission of the alias \`${alias}\` covers every method of the API. A method that somebody adds tomorrow can call the function at once.`,
        'Name the method and the path: `…/*/GET/v1/quote`. The `*` for the stage may stay.',
      ),
  },

  alias: {
    title: 'The variable alias of the stage decides who answers',
    hints: hints(
      'Ask both stages for `/release`. Who answers?',
      'Compare the variable `alias` of the stage (`GetStage`) with what the answer says.',
      'The stage has the variable `alias` with the value `blue` or `green`, and `/release` answers with the alias in `context.invokedFunctionArn` and with `context.functionVersion`.',
    ),
    notSet: (stage: string) =>
      say(
        `The stage \`${stage}\` has no variable \`alias\`, so the URI of its integrations names nothing that exists.`,
        'Give the stage the variable `alias`.',
      ),
    noSuch: (stage: string, value: string) =>
      say(
        `The variable \`alias\` of the stage \`${stage}\` is \`${value}\`, and the lab knows \`blue\` and \`green\`.`,
        'Set the variable to one of the two.',
      ),
    other: (alias: string, version: string) =>
      say(
        `A stage whose variable says \`${alias}\` is not answered by \`${alias}\` and version ${version}.`,
        'Look at the deployment that the stage shows: was it taken when the URI had the variable? And at `/release` in the handler: it answers `alias` and `version` as its `context` has them.',
      ),
  },

  /** What happens to the stages that the grader makes for its trials. */
  trial: {
    full: say(
      'The API has as many stages as AWS allows, ten. The grader makes one for a moment, so that yours stay as they are.',
      'Delete stages that you do not need.',
    ),
  },
};
