import { onlyApi } from '../../rest-api/text/only-api.en.ts';
import { hints, say } from '../../wording/wording.ts';

/** What the checks of the function, the API and what joins them say. */
export const building = {
  api: {
    title: 'The API has GET /hello and the stage dev',
    hints: hints(
      'An API is a tree of resources; a resource has methods. What does the starter make of them?',
      'Run `npm run deploy 5` as it is. It makes the API, one method and a stage.',
      'By hand: a REST API `lab05-notes`, the resource `/hello`, the method `GET`, and a deployment to the stage `dev`.',
    ),
    ...onlyApi(5),
    noMethod: (route: string) =>
      say(
        `The API has no \`${route}\`.`,
        'Make the resource `/hello` with the method `GET`, and deploy again.',
      ),
  },

  integration: {
    title: 'The integration is a POST to the function',
    hints: hints(
      'The method is what the client calls. The integration is what the gateway calls then.',
      'Compare the type, the URI and the HTTP method of the integration with those of the starter.',
      "`type: 'AWS_PROXY'`, `integrationHttpMethod: 'POST'`, and the URI that ends in the function's ARN and `/invocations`.",
    ),
    none: (route: string) =>
      say(
        `\`${route}\` has no integration, so the gateway does not know what to call.`,
        'Put an integration of the type `AWS_PROXY` on the method.',
      ),
    type: (route: string, type: string) =>
      say(
        `The integration of \`${route}\` is of the type \`${type}\`. Only \`AWS_PROXY\` gives the function the whole request and takes its result as the answer.`,
        'Set the type to `AWS_PROXY`.',
      ),
    other: (route: string, name: string) =>
      say(
        `The integration of \`${route}\` does not call the function \`${name}\`.`,
        "Put the function's ARN into the URI of the integration.",
      ),
    verb: (route: string, verb: string) =>
      say(
        `The integration of \`${route}\` calls Lambda by ${verb}. Lambda's Invoke takes POST only, whatever method the client has used.`,
        'Set the HTTP method of the integration to `POST`. The method of the resource stays as it is.',
      ),
    role: (route: string) =>
      say(
        `The integration of \`${route}\` calls the function by a role (\`credentials\`). That works, and hides what this lab is about: the function's own policy.`,
        'Leave `credentials` out, and let the gateway in by a permission of the function.',
      ),
  },

  permission: {
    title: 'The function lets in this API and this method',
    hints: hints(
      'API Gateway has no rights of its own on your function. Who could give them?',
      'It is `lambda:AddPermission` with the principal `apigateway.amazonaws.com`. What does its source ARN name?',
      'The source ARN is `arn:aws:execute-api:<region>:<account>:<api id>/*/GET/hello`: any stage, one method, one path.',
    ),
    missing: (route: string) =>
      say(
        `The function's policy does not let API Gateway call it for \`${route}\`. Clients get 500, and nothing stands in the function's log.`,
        'Add a permission for `apigateway.amazonaws.com` whose source ARN names this API, this method and this path.',
      ),
    everybody: say(
      "The function's policy lets everybody (`*`) call it, past the API and whatever the API checks.",
      'Take the statement away, and let in the principal `apigateway.amazonaws.com` only.',
    ),
    noSource: say(
      'A statement of the function’s policy lets in API Gateway without a source ARN. Every API can then call the function, those of strangers too.',
      'Give the permission a source ARN that names this API, this method and this path.',
    ),
    otherApis: say(
      'The source ARN of a permission covers other APIs, too. Whoever makes an API there can call this function with it.',
      'Put the id of this API in the place of the `*`.',
    ),
    otherMethods: say(
      'The source ARN of a permission covers every method of the API. A method that somebody adds tomorrow can call this function at once.',
      'Name the method and the path: `…/*/GET/hello`. The `*` for the stage may stay.',
    ),
  },

  contract: {
    title: 'The result of the function keeps the contract',
    hints: hints(
      'In lab 1 the result was any JSON. Behind `AWS_PROXY` it is an HTTP answer in a certain form.',
      'It has `statusCode`, `headers` and `body`. Look at what kind of value the body is, and at what comes when there is no query.',
      '`{ statusCode: 200, headers: { … }, body: JSON.stringify(…) }`, and `event.queryStringParameters?.name`.',
    ),
    threw: (what: string) =>
      say(
        `The function failed: ${what}. API Gateway makes 502 of it.`,
        "Read the function's log, and mend the error.",
      ),
    threwOnNull: (what: string) =>
      say(
        `The function failed for a request without a query: ${what}. API Gateway then sends \`queryStringParameters: null\`, and no empty object.`,
        'Read the name with `?.`, and have an answer for the case that there is none.',
      ),
    notObject: say(
      'The result of the function is no object. API Gateway makes 502 of it.',
      'Return `{ statusCode, headers, body }`, and do not encode it yourself.',
    ),
    empty: say(
      'The result of the function is an empty object. API Gateway makes 502 of it.',
      'Return `{ statusCode, headers, body }`.',
    ),
    body: say(
      'The `body` of the result is an object. API Gateway takes text only, and makes 502 of everything else.',
      'Write `body: JSON.stringify(…)`.',
    ),
    unknown: (names: string) =>
      say(
        `The result has ${names}, which API Gateway does not know. It makes 502 of a result with anything unknown in it.`,
        'Leave only `statusCode`, `headers`, `multiValueHeaders`, `body` and `isBase64Encoded`.',
      ),
    status: (value: string) =>
      say(
        `The \`statusCode\` of the result is ${value}. API Gateway takes a whole number.`,
        'Return `statusCode: 200`.',
      ),
    lists: (name: string) =>
      say(
        `\`multiValueHeaders\` has a single value for \`${name}\`. Each of its headers needs a list.`,
        'Write a list, or move the header to `headers`.',
      ),
  },

  deployed: {
    title: 'What you have built is deployed',
    hints: hints(
      'You look at the API as it is being edited. What do clients see?',
      'A deployment is a snapshot. What you change after it waits for the next one.',
      'Create the deployment at the very end, after the last method, integration and response.',
    ),
    forgotten: (routes: string) =>
      say(
        `The stage \`dev\` does not know ${routes}, and the API has it. The stage shows a snapshot that is older than this edit.`,
        'Create a new deployment to `dev`, after everything else.',
      ),
  },
};
