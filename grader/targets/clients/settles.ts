import { setTimeout as pause } from 'node:timers/promises';

/** What the SDK hands to a middleware, as far as it is looked at here. */
interface Context {
  readonly commandName?: string;
}
type Handle = (request: object) => Promise<object>;
interface Client {
  readonly middlewareStack: {
    add(
      middleware: (next: Handle, context: Context) => Handle,
      options: { readonly step: 'initialize'; readonly name: string },
    ): void;
  };
}

/** Seconds in which a real account may not yet tell a reader what was made, or let a new role be used. */
const settleSeconds = 30;
/** ms between two tries. */
const pace = 500;

/** How the services say that there is no such thing. */
const absent = new Set([
  'ResourceNotFoundException',
  'NoSuchEntityException',
  'NotFoundException',
  'NotFound',
  'NoSuchBucket',
  'QueueDoesNotExist',
]);
/** Errors that say themselves that it is too soon, whatever their name. */
const tooSoon =
  /cannot be assumed by Lambda|An update is in progress for resource|currently in the following state: Pending/;
const makes = /^(?:Create|Put|Import)/;
const looks = /^(?:Get|List|Describe|Head|Filter|Test|Start|Invoke)/;

/**
 * Makes a client of a real account see what it has made itself. AWS answers reads from places that may not know of a
 * write yet, refuses a role that is seconds old, and a change of a function that is still being changed: all of it
 * passes by itself. So a look for what was made with this client a moment ago is taken again instead of being
 * believed; any other answer, and any that stays, is.
 */
export function settles(client: object): void {
  const made = new Map<string, number>();
  const { middlewareStack } = client as Client;
  middlewareStack.add(
    (next, { commandName = '' }) =>
      async (request) => {
        const { input = {} } = request as { readonly input?: Readonly<Record<string, unknown>> };
        const begun = performance.now();
        for (;;) {
          try {
            const answer = await next(request);
            if (makes.test(commandName))
              for (const name of namesIn(input, answer)) made.set(name, performance.now());
            return answer;
          } catch (error) {
            const youngest = Math.max(
              ...namesIn(input, {}).map((name) => made.get(name) ?? -Infinity),
              error instanceof Error && tooSoon.test(error.message) ? begun : -Infinity,
            );
            const passes =
              error instanceof Error &&
              (tooSoon.test(error.message) || (looks.test(commandName) && absent.has(error.name)));
            if (!passes || performance.now() - youngest > settleSeconds * 1000) throw error;
            await pause(pace);
          }
        }
      },
    { step: 'initialize', name: 'coldstartSettles' },
  );
}

/** Texts that could name a thing: short members at the top, and an id that was drawn for it. */
function namesIn(input: Readonly<Record<string, unknown>>, answer: object): string[] {
  const { id } = ((answer as { readonly output?: unknown }).output ?? {}) as { readonly id?: unknown };
  return [...Object.entries(input), ['id', id] as const].flatMap(([member, value]) =>
    typeof value === 'string' && identifying.test(member) ? [value.split('/').at(-1) ?? value] : [],
  );
}
const identifying = /^(?:id|name|.*Name|.*Id|.*Url|Bucket|Rule)$/;
