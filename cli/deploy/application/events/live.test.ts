import type { ResourceStatus, StackEvent } from '@aws-sdk/client-cloudformation';
import { describe, expect, it } from 'vitest';
import type { Language } from '../../../../grader/api.ts';
import { openSession } from '../../../session/session.ts';
import { TerminalScreen } from '../../../testing/screen.ts';
import { liveEvents } from './live.ts';

const stackId = 'arn:aws:cloudformation:us-east-1:100000000001:stack/shop/1';
const begun = Date.UTC(2026, 0, 1);

/** An event a tenth of a second after the one before. */
function events() {
  let count = 0;
  return (
    id: string,
    status: string,
    {
      reason,
      type = 'AWS::Lambda::Function',
      physical = `${id}-1`,
    }: Partial<Record<'reason' | 'type' | 'physical', string>> = {},
  ): StackEvent => ({
    StackId: stackId,
    EventId: String((count += 1)),
    StackName: 'shop',
    Timestamp: new Date(begun + count * 100),
    LogicalResourceId: id,
    PhysicalResourceId: id === 'shop' ? stackId : physical,
    ResourceType: id === 'shop' ? 'AWS::CloudFormation::Stack' : type,
    // A stack's statuses come in events, too: the SDK's type has only those of resources.
    ResourceStatus: status as ResourceStatus,
    ...(reason === undefined ? {} : { ResourceStatusReason: reason }),
  });
}

function table(columns: number, rows: number, language: Language = 'en', expected: readonly string[] = []) {
  const screen = new TerminalScreen(columns, rows);
  const listeners = new Set<() => void>();
  const stream = {
    get columns() {
      return screen.columns;
    },
    get rows() {
      return screen.rows;
    },
    write: (text: string) => screen.write(text),
    on: (_: 'resize', listener: () => void) => listeners.add(listener),
    off: (_: 'resize', listener: () => void) => listeners.delete(listener),
  };
  const session = openSession({ lang: language, color: false }, { build: '', bundle: '' }, {});
  const live = liveEvents(session, stream, expected);
  return {
    screen,
    listeners,
    /** Drawn, as after each look at the events. */
    add: async (...some: StackEvent[]) => {
      some.forEach((event) => live.add(event));
      await new Promise((resolve) => setImmediate(resolve));
    },
    resize: (width: number, height: number) => {
      screen.resize(width, height);
      listeners.forEach((listener) => listener());
    },
    end: () => live.end(),
  };
}

const lineOf = (screen: TerminalScreen, id: string) => screen.text.filter((line) => line.includes(` ${id} `));

describe('the table of events', () => {
  it('has one row a resource, rewritten in place, and says how long each took', async () => {
    const event = events();
    const { screen, add, end, listeners } = table(100, 24, 'en', ['Hello', 'Logs']);
    screen.write('above\n');
    await add(
      event('shop', 'CREATE_IN_PROGRESS'),
      event('Logs', 'CREATE_IN_PROGRESS', { type: 'AWS::Logs::LogGroup' }),
    );
    expect(lineOf(screen, 'Logs').join()).toMatch(/CREATE_IN_PROGRESS +0 s$/);
    await add(
      event('Hello', 'CREATE_IN_PROGRESS'),
      event('Logs', 'CREATE_COMPLETE', { type: 'AWS::Logs::LogGroup' }),
    );
    await add(event('Hello', 'CREATE_COMPLETE'));
    await add(event('shop', 'CREATE_COMPLETE'));
    end();
    screen.write('below\n');
    expect(screen.text).toEqual([
      'above',
      '    shop   AWS::CloudFormation::Stack  CREATE_COMPLETE     0.5 s',
      '    Logs   AWS::Logs::LogGroup         CREATE_COMPLETE     0.2 s',
      '    Hello  AWS::Lambda::Function       CREATE_COMPLETE     0.2 s',
      'below',
    ]);
    expect(listeners.size).toBe(0);
  });

  it.each([
    [80, 'en'],
    [40, 'en'],
    [40, 'ko'],
    [24, 'ko'],
  ] as const)(
    'breaks no line in %i columns (%s), and leaves each status whole',
    async (columns, language) => {
      const event = events();
      const ids = ['HelloFunctionHelloPermissionProd', 'ServerlessRestApiDeployment1a2b3c4d5e', 'Logs'];
      const { screen, add, end } = table(columns, 24, language, ids);
      await add(event('shop', 'UPDATE_IN_PROGRESS'), ...ids.map((id) => event(id, 'UPDATE_IN_PROGRESS')));
      const reason =
        'Resource handler returned message: "함수를 만들 수 없어요: no such role" (Service: Lambda, Status Code: 400)';
      await add(event('Logs', 'UPDATE_FAILED', { reason }));
      await add(
        event('shop', 'UPDATE_ROLLBACK_IN_PROGRESS'),
        ...ids.map((id) => event(id, 'UPDATE_COMPLETE')),
      );
      await add(event('shop', 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS'));
      await add(event('shop', 'UPDATE_ROLLBACK_COMPLETE'));
      end();
      expect(screen.brokenTexts).toEqual([]);
      if (columns >= 40) {
        expect(screen.text.filter((line) => /\bUPDATE_COMPLETE\b/.test(line))).toHaveLength(3);
        expect(screen.text.filter((line) => /\bUPDATE_ROLLBACK_COMPLETE\b/.test(line))).toHaveLength(1);
      }
      // The reason stands below the row that it is of, whole.
      const said = screen.text.slice(screen.text.findIndex((line) => /^ *Logs\b/.test(line)) + 1).join('');
      expect(said.replaceAll(/\s/g, '')).toBe(`UPDATE_FAILED:${reason}`.replaceAll(/\s/g, ''));
    },
  );

  it('is never taller than the screen, and complete in the end', async () => {
    const event = events();
    const ids = Array.from({ length: 30 }, (_, index) => `Queue${String(index + 10)}`);
    const { screen, add, end } = table(80, 8, 'en', ids);
    screen.write('above\n');
    await add(event('shop', 'CREATE_IN_PROGRESS'));
    for (const id of ids) {
      await add(event(id, 'CREATE_IN_PROGRESS'));
      await add(event(id, 'CREATE_COMPLETE'));
      expect(screen.text.length).toBeLessThanOrEqual(8);
      expect(screen.text[0]).toBe('above');
    }
    expect(screen.text.join('\n')).toMatch(/^ {4}shop .*\n {4}25 more complete$/m);
    await add(event('shop', 'CREATE_COMPLETE'));
    end();
    expect(screen.text).toHaveLength(32);
    for (const id of ids) expect(lineOf(screen, id)).toEqual([expect.stringContaining('CREATE_COMPLETE')]);
  });

  it('has one row each after the window became narrower and wider again', async () => {
    const event = events();
    const ids = ['HelloFunctionHelloPermissionProd', 'Logs', 'ServerlessRestApi'];
    const { screen, add, resize, end } = table(100, 24, 'ko', ids);
    screen.write('위\n');
    await add(event('shop', 'CREATE_IN_PROGRESS'), ...ids.map((id) => event(id, 'CREATE_IN_PROGRESS')));
    resize(45, 24);
    await add(event('Logs', 'CREATE_COMPLETE'));
    resize(40, 20);
    resize(120, 30);
    await add(...ids.map((id) => event(id, 'CREATE_COMPLETE')), event('shop', 'CREATE_COMPLETE'));
    end();
    expect(screen.text[0]).toBe('위');
    expect(screen.text).toHaveLength(5);
    for (const id of [...ids, 'shop']) expect(lineOf(screen, id)).toHaveLength(1);
  });

  it('tells a resource from the one that it replaces', async () => {
    const event = events();
    const { screen, add, end } = table(80, 24);
    await add(event('shop', 'UPDATE_IN_PROGRESS'), event('Jobs', 'UPDATE_IN_PROGRESS', { physical: 'one' }));
    await add(event('Jobs', 'UPDATE_COMPLETE', { physical: 'two' }));
    await add(event('Jobs', 'DELETE_IN_PROGRESS', { physical: 'one' }));
    await add(event('Jobs', 'DELETE_COMPLETE', { physical: 'one' }));
    end();
    expect(screen.text.filter((line) => line.includes('Jobs'))).toEqual([
      expect.stringMatching(/^ *Jobs {2,}.* UPDATE_COMPLETE /),
      expect.stringMatching(/^ *Jobs \(old\) .* DELETE_COMPLETE /),
    ]);
  });

  it('lets no reason rule the terminal', async () => {
    const event = events();
    const { screen, add, end } = table(80, 24);
    await add(event('Own', 'CREATE_FAILED', { reason: 'one\n\u001b[2Jtwo' }));
    end();
    expect(screen.text.slice(1)).toEqual(['      one', '      ␛[2Jtwo']);
  });
});
