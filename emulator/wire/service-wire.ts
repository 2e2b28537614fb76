import { withPlainBody } from './body/content.ts';
import { checkerOf } from './check/checker.ts';
import { describe, unreadable } from './failure/described.ts';
import { writeFailure } from './failure/write-failure.ts';
import type { Bindings } from './read/bindings.ts';
import { bindingsOf } from './read/bindings.ts';
import { readInput } from './read/input.ts';
import { Unreadable } from './read/unreadable.ts';
import { addressed } from './route/protocol.ts';
import { RouteTable } from './route/routes.ts';
import { dialectOf } from './schema/dialects.ts';
import type { Operation } from './schema/model.ts';
import { modelOf } from './schema/model.ts';
import type { ServiceWire, WireService } from './wire.ts';
import { writeAnswer } from './write/answer.ts';

/** An operation with what is worked out of its schemas once, at its first call. */
interface Prepared {
  readonly operation: Operation;
  readonly input: Bindings;
  readonly output: Bindings;
  readonly check: (input: Readonly<Record<string, unknown>>) => void;
}

/**
 * The codec of one service, driven by the schema constants of its SDK client: it reads requests in any protocol
 * that the service speaks and answers in the one that the client used.
 */
export function serviceWire(service: WireService): ServiceWire {
  const { wire, schemas, limits } = service;
  const model = modelOf(schemas);
  const dialect = dialectOf(wire);
  const rest = wire.protocols.some((protocol) => protocol === 'restJson1' || protocol === 'restXml');
  const routes = new RouteTable(rest ? model.operations.values() : []);
  const prepared = new Map<string, Prepared>();

  const prepare = (name: string): Prepared => {
    const known = prepared.get(name);
    if (known !== undefined) return known;
    const operation = model.operations.get(name);
    if (operation === undefined) throw new Error(`${wire.id} has no operation ${name}.`);
    const made: Prepared = {
      operation,
      input: bindingsOf(operation.input.members, 'input'),
      output: bindingsOf(operation.output.members, 'output'),
      check: checkerOf(operation.input, limits[name] ?? {}, dialect),
    };
    prepared.set(name, made);
    return made;
  };

  return {
    operationOf(request) {
      const { operation } = addressed(request, wire);
      if (operation === undefined) return routes.match(request)?.operation;
      return model.operations.has(operation) ? operation : undefined;
    },

    async read(request, name) {
      const { operation, input: bindings, check } = prepare(name);
      const { protocol } = addressed(request, wire);
      const keepEncoding = bindings.headers.some(([, header]) => header === 'content-encoding');
      const plain = await withPlainBody(request, keepEncoding);
      try {
        const input = readInput(protocol, plain, operation, bindings, routes);
        const address = operation.input.members.find((member) => member.name === dialect.addressMember);
        if (address !== undefined && input[address.name] === undefined && request.path.length > 1)
          input[address.name] = `http://${request.headers['host'] ?? 'localhost'}${request.path}`;
        check(input);
        return { operation: name, input };
      } catch (error) {
        throw error instanceof Unreadable ? unreadable(dialect, error) : error;
      }
    },

    check(name, input) {
      prepare(name).check(input);
    },

    async answer(request, name, output, requestId) {
      const { operation, output: bindings } = prepare(name);
      const { protocol } = addressed(request, wire);
      const members = (output ?? {}) as Readonly<Record<string, unknown>>;
      return writeAnswer(protocol, {
        request,
        operation,
        bindings,
        output: members,
        requestId,
        wire,
        dialect,
      });
    },

    failure(request, _operation, error, requestId) {
      const { protocol } = addressed(request, wire);
      return writeFailure(request, protocol, describe(model, dialect, error), requestId, { wire, dialect });
    },
  };
}
