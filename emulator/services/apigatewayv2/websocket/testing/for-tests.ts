import { beforeAll } from 'vitest';
import { forTests } from '../../../apigateway/testing/for-tests.ts';
import { saying, TrialChat } from './trial-chat.ts';

/** A chat for all tests of a file, with an API that answers whatever it is told by `"heard"`. */
export function heardForTests(): { readonly chat: TrialChat; readonly api: string } {
  const chat = forTests(() => TrialChat.start());
  let api = '';
  beforeAll(async () => {
    api = await chat().api({ $default: saying('"heard"') });
  });
  return {
    get chat() {
      return chat();
    },
    get api() {
      return api;
    },
  };
}
