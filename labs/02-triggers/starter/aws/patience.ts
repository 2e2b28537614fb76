import { setTimeout } from 'node:timers/promises';

/**
 * On a real account a new role, permission or queue takes some seconds to be known everywhere. Until then AWS
 * refuses what needs it: this tries again for half a minute.
 * @param passing what the refusal says as long as waiting helps
 */
export async function patiently<T>(passing: RegExp, send: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await send();
    } catch (error) {
      if (!(error instanceof Error) || !passing.test(error.message) || attempt === 15) throw error;
      await setTimeout(2000);
    }
  }
}
