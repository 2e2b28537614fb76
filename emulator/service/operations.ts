import type { Call } from './call.ts';

/**
 * Turns the members that an SDK client streams into what a server holds: bytes that have arrived,
 * or bytes that it will send.
 */
type StreamedInput<T> = {
  [K in keyof T]: ReadableStream extends NonNullable<T[K]> ? Uint8Array | Extract<T[K], undefined> : T[K];
};
type StreamedOutput<T> = {
  [K in keyof T as K extends '$metadata' ? never : K]: NonNullable<T[K]> extends {
    transformToString: unknown;
  }
    ? Uint8Array | AsyncIterable<Uint8Array> | Extract<T[K], undefined>
    : T[K];
};

/* The SDK's command classes carry an operation's input and output; the instance shape is all that is read. */
type CommandClass<Input, Output> = abstract new (input: Input) => {
  readonly input: Input;
  resolveMiddleware(...rest: never[]): (args: never) => Promise<{ output: Output }>;
};

type OperationNames<Client> = {
  [K in keyof Client]: K extends `${infer Name}Command` ? (Name extends '$' | '' ? never : Name) : never;
}[keyof Client];

type CommandOf<Client, Name extends string> = `${Name}Command` extends keyof Client
  ? Client[`${Name}Command`]
  : never;

/** What an operation of `Client` (the `typeof import(...)` of an SDK client package) receives. */
export type InputOf<Client, Name extends string> =
  CommandOf<Client, Name> extends CommandClass<infer Input, unknown> ? StreamedInput<Input> : never;

/** What an operation of `Client` answers: the SDK's output without `$metadata`. */
export type OutputOf<Client, Name extends string> =
  CommandOf<Client, Name> extends CommandClass<never, infer Output>
    ? StreamedOutput<Output>
    : CommandOf<Client, Name> extends abstract new (input: never) => infer Instance
      ? Instance extends {
          resolveMiddleware(...rest: never[]): (args: never) => Promise<{ output: infer Output }>;
        }
        ? StreamedOutput<Output>
        : never
      : never;

/**
 * A service's table of operations, typed by the SDK client whose wire it speaks. Only what is implemented
 * stands in the table; every other operation of the service answers 501 with its name.
 */
export type Operations<Client> = {
  readonly [Name in OperationNames<Client>]?: (
    input: InputOf<Client, Name>,
    call: Call,
  ) => OutputOf<Client, Name> | Promise<OutputOf<Client, Name>>;
};
