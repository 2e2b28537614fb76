import type { Evidence } from '../../../grader/api.ts';
import { proxyEvent } from '../../rest-api/proxy-event.ts';
import { names, routes, stage } from '../names.ts';
import { authorizerOf, tokenOf } from './authorizer.ts';
import type { Context, LabCheck } from './context.ts';
import { authorizerEvent } from './decision.ts';
import { signed, inSeconds } from './token.ts';

const logs: LabCheck = {
  id: 'logs',
  title: (text) => text.logs.title,
  points: 5,
  needs: ['authorizer'],
  verifiedOn: ['embedded'],
  requires: ['logTail'],
  hints: (text) => text.logs.hints,
  async run(context) {
    const { text } = context;
    const { secret } = authorizerOf(context);
    const claims = { sub: context.nonce('caller'), role: 'reader' };
    const good = tokenOf(context, claims);
    const bad = signed({ ...claims, exp: inSeconds(300) }, context.nonce('secret'));
    const key = `${context.nonce('key')}-of-nobody`;
    const asks = (token: string) => authorizerEvent(context, routes.admin, `Bearer ${token}`);
    const shows = proxyEvent(context, {
      route: routes.admin,
      stage,
      headers: { Authorization: `Bearer ${good}`, 'x-api-key': key },
      authorizer: { principalId: claims.sub, subject: claims.sub, role: claims.role },
    });
    const secrets = { token: [good, bad], secret: [secret], key: [key] } as const;
    const told = [
      await wrote(context, names.authorizer, asks(good)),
      await wrote(context, names.authorizer, asks(bad)),
      await wrote(context, names.function, shows),
    ];
    for (const { name, log, evidence } of told)
      for (const [kind, values] of Object.entries(secrets) as [keyof typeof secrets, readonly string[]][])
        if (values.some((value) => reveals(log, kind, value)))
          context.fail({ ...text.logs[kind](name), evidence });
  },
};

/** Calls a function as the gateway does. @returns the end of what it logged */
async function wrote(context: Context, resource: string, event: object) {
  const name = context.name(resource);
  const { logTail } = await context.invoke(name, event);
  const evidence: Evidence[] = [{ label: context.text.evidence.log, value: logTail }];
  return { name, log: logTail, evidence };
}

/** A token's signature is what makes it worth something: whoever reads it beside the claims can use the token. */
function reveals(log: string, kind: 'token' | 'secret' | 'key', value: string): boolean {
  const mark = kind === 'token' ? (value.split('.')[2] ?? value) : value;
  return log.includes(mark);
}

export const logChecks = { logs };
