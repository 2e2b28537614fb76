import { hints, say } from '../../wording/wording.ts';

/** What the checks of the authorizer say. */
export const tokens = {
  authorizer: {
    title: 'The methods of /admin ask the authorizer',
    hints: hints(
      'A method can ask a function before it asks the back end. What has to be tied to what?',
      'The authorizer belongs to the API and names a function; the methods name the authorizer; the function lets the gateway in.',
      '`openAuthorizer` with 300 seconds, `allowToAuthorize`, both methods of `/admin` with `{ kind: "authorizer", authorizerId }`, and `TOKEN_SECRET` in the environment.',
    ),
    open: (route: string, type: string) =>
      say(
        `\`${route}\` has the authorization type \`${type}\`, so nobody asks for a token.`,
        'Set the type `CUSTOM` with the id of your authorizer, and deploy again.',
      ),
    two: say(
      'The two methods of `/admin` have two authorizers. Each keeps answers of its own, and one token is asked for twice.',
      'Use one authorizer for both.',
    ),
    type: (type: string) =>
      say(
        `The authorizer is of the type \`${type}\`. This lab wants a function that decides.`,
        'Use the type `TOKEN` or `REQUEST`.',
      ),
    other: (name: string) =>
      say(
        `The authorizer does not ask the function \`${name}\`.`,
        "Put the function's ARN into the URI of the authorizer.",
      ),
    source: say(
      'The authorizer does not look at the header `Authorization`. There bearer tokens stand.',
      'Set the identity source to `method.request.header.Authorization`.',
    ),
    notKept: say(
      'The authorizer’s answers are kept for 0 seconds. Each request then costs a second call of a function, and takes as much longer.',
      'Set the time to live of the results to 300 seconds.',
    ),
    permission: say(
      'The function’s policy does not let API Gateway ask it as this authorizer. Callers with a token get 500.',
      'Add a permission for `apigateway.amazonaws.com` whose source ARN ends in `/authorizers/` and the authorizer’s id.',
    ),
    everybody: say(
      'The function’s policy lets everybody (`*`) call it. Whoever may ask the authorizer can try tokens without end.',
      'Take the statement away, and let in the principal `apigateway.amazonaws.com` only.',
    ),
    noSecret: say(
      'The authorizer has no `TOKEN_SECRET` in its environment. It has nothing to tell a good token by.',
      'Give the function the variable `TOKEN_SECRET` with a random value, and read it in the handler.',
    ),
    shortSecret: (length: number) =>
      say(
        `The secret has fewer than ${length} characters. Short secrets are found by trying.`,
        'Draw 32 random bytes: `secretOf` does.',
      ),
  },

  tokens: {
    title: 'No token gets 401, and a token that is not good gets 403',
    hints: hints(
      'Who are you? – that is 401. You may not – that is 403. Which of them can the gateway say by itself?',
      'Without the header the gateway answers 401. For every token that is not good the function returns a policy that denies.',
      'Check the signature first, then `exp`, then look the role up in a list. Everything else returns `Effect: "Deny"`.',
    ),
    nobody: (route: string, status: number) =>
      say(
        `\`${route}\` without a token is answered with ${status}. Nobody has shown who they are: that is 401.`,
        'Let the identity source of the authorizer be the header `Authorization`. The gateway then answers 401 by itself.',
      ),
    notDeployed: (route: string) =>
      say(
        `\`${route}\` lets in a request without a token. The API asks its authorizer, and the stage shows a snapshot that is older.`,
        'Create a new deployment to `dev`.',
      ),
    kinds: {
      wrong: 'A token that another secret has signed',
      changed: 'A token whose claims were changed after it was signed',
      unsigned: 'A token that says of itself that it needs no signature (`alg: none`)',
      expired: 'A token that has expired',
      endless: 'A token without `exp`, which would hold for ever,',
      allow: 'A token that says “Allow” of itself',
      role: 'A token with a role that nobody knows',
    },
    letIn: (kind: string) =>
      say(
        `${kind} is let in to \`GET /admin\`.`,
        'Return a policy with `Effect: "Deny"` for every token that you cannot check to its end.',
      ),
    itsOwnWord: say(
      'A request that says “Allow” of itself is let in to `GET /admin`. The effect of the policy comes from what the caller has sent.',
      'Write `"Allow"` and `"Deny"` as constants, and choose between them by what you have checked yourself.',
    ),
    unauthorized: (kind: string) =>
      say(
        `${kind} is answered with 401. That says that nobody has shown who they are; here somebody has, and is refused.`,
        'Return a policy that denies, and throw nothing. The gateway keeps it, and does not ask again for this token.',
      ),
    failed: (kind: string) =>
      say(
        `${kind} makes the authorizer fail: the caller gets 500, as if the API were broken.`,
        'Return a policy that denies. Read the log of `lab06-authorizer` for the error.',
      ),
    otherwise: (kind: string) =>
      say(
        `${kind} is neither let in nor refused by the authorizer.`,
        'Look at the answer below, and find the place that makes it.',
      ),
  },

  context: {
    title: 'A good token is let in, and the back end knows whose it is',
    hints: hints(
      'The authorizer has read the token. How does the back end learn what stood in it?',
      'Beside the policy the authorizer returns a `context`. The gateway puts it into the event.',
      '`context: { subject: sub, role }` in the authorizer; `event.requestContext.authorizer?.subject` in the back end.',
    ),
    nobody: say(
      '`GET /admin` lets the token in, and its answer names no caller.',
      'Return the claim `sub` as `context.subject`, and read it in the back end from `event.requestContext.authorizer`.',
    ),
    other: say('`GET /admin` names another caller than the token does.', 'Hand the claim `sub` on as it is.'),
    role: say(
      '`GET /admin` names another role than the token does.',
      'Hand the claim `role` on as it is, and show it as `role`.',
    ),
    refused: (role: string) =>
      say(
        `A good token of the role \`${role}\` is refused by \`GET /admin\`.`,
        'Compare the `Resource` of the policy with `event.methodArn`: both name API, stage, method and path.',
      ),
    unauthorized: (role: string) =>
      say(
        `A good token of the role \`${role}\` is answered with 401.`,
        'Look at the pattern of the authorizer, if it has one, and at what the function throws.',
      ),
    failed: say(
      'The authorizer fails for a good token: the caller gets 500.',
      'Read the log of `lab06-authorizer`. The result has `principalId`, `policyDocument` and a flat `context`.',
    ),
    key: say(
      '`GET /admin` asks for an API key beside the token.',
      'Set `apiKeyRequired` on the methods of `/admin` to false, and deploy again.',
    ),
  },

  policy: {
    title: 'A reader may read, and may not publish',
    hints: hints(
      'A policy says what may be called. What does yours say to a reader?',
      'A `Resource` of `*` is every method of the API, those of tomorrow too.',
      'Keep a list for each role: a reader has `GET/admin`, an editor `GET/admin` and `POST/admin`. The `Resource` is made from it.',
    ),
    tooMuch: say(
      'A reader’s token is let in to `POST /admin`. The policy allows more than the role may do.',
      'Make the `Resource` of the policy from what the role may call.',
    ),
    otherwise: say(
      'A reader’s request of `POST /admin` is neither let in nor refused by the authorizer.',
      'Look at the answer below, and find the place that makes it.',
    ),
  },

  cache: {
    title: 'What is kept of one request locks nobody out of the next',
    hints: hints(
      'The gateway keeps the policy for five minutes. For which requests does it use it?',
      'For every request of the same token, whatever its method. Does your policy have an answer for them?',
      'Do not return `event.methodArn` as the `Resource`. Return all that the role may call: `policyFor` does.',
    ),
    lockedOut: (role: string, first: string, second: string) =>
      say(
        `A token of the role \`${role}\` asks for \`${first}\`, then for \`${second}\`, and is refused although the role may do it. The gateway has kept the policy of the first request, and it says nothing of the second.`,
        'Let the policy name every method that the role may call, and not the one that is asked for now.',
      ),
    otherwise: (route: string) =>
      say(
        `\`${route}\` fails when the authorizer’s answer was kept.`,
        'Look at the answer below, and find the place that makes it.',
      ),
  },

  logs: {
    title: 'No token, secret or key stands in the logs',
    hints: hints(
      'Who can read the logs? More people than may publish a report.',
      'Look for `console.log` in both functions. Does one print an event, a header or both sides of a comparison?',
      'Log the request id and the verdict. Neither `event.authorizationToken` nor `process.env.TOKEN_SECRET` belongs there.',
    ),
    token: (name: string) =>
      say(
        `The function \`${name}\` writes the token of a request into its log. Whoever reads the log can use the token until it expires.`,
        'Log whose request it was and what was decided, and leave the token out.',
      ),
    secret: (name: string) =>
      say(
        `The function \`${name}\` writes the secret into its log. Whoever reads the log can make tokens for everybody.`,
        'Leave it out, and replace the secret: this one is no longer secret.',
      ),
    key: (name: string) =>
      say(
        `The function \`${name}\` writes the API key of a request into its log.`,
        'Do not log whole events: their headers have what callers show.',
      ),
  },
};
