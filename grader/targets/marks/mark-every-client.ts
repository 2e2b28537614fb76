import { Client } from '@smithy/core/client';
import { mark } from './mark.ts';
import type { Marks } from './marks.ts';

/**
 * Has every client of the AWS SDK in this process mark what it makes. For the process of a student's own `deploy.ts`
 * on an account that is shared: it makes its own clients, and nobody else is there.
 */
export function markEveryClient(marks: Marks): void {
  const marked = new WeakSet();
  const { prototype } = Client;
  // Called below with the client that it belongs to.
  // eslint-disable-next-line @typescript-eslint/unbound-method
  const { send } = prototype;
  prototype.send = function (this: object, ...sent: unknown[]) {
    if (!marked.has(this)) {
      mark(this, marks);
      marked.add(this);
    }
    return Reflect.apply(send, this, sent) as never;
  };
}
