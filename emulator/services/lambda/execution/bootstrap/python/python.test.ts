import { afterAll, describe, expect, it } from 'vitest';
import { findPython } from '../../runtimes.ts';
import type { FunctionVersion } from '../../execution.ts';
import { openBench } from '../../testing/bench.ts';

const python = await findPython();
if (python === undefined) console.log('Python was not found: its functions are not tested here.');

describe.skipIf(python === undefined)('Python functions', () => {
  const bench = openBench();
  afterAll(() => bench.stop());
  const make = (code: string, settings: Partial<FunctionVersion> = {}) =>
    bench.make({ 'index.py': code }, { runtime: 'python3.13', ...settings });

  it('are given their event and context', async () => {
    const version = make(`import os
count = 0
def handler(event, context):
    global count
    count += 1
    return {"event": event, "count": count, "id": context.aws_request_id, "arn": context.invoked_function_arn,
            "memory": context.memory_limit_in_mb, "name": context.function_name, "version": context.function_version,
            "group": context.log_group_name, "stream": context.log_stream_name, "left": context.get_remaining_time_in_millis(),
            "app": context.client_context.client.app_title, "custom": context.client_context.custom,
            "cwd": os.getcwd() == os.environ["LAMBDA_TASK_ROOT"], "env": os.environ["AWS_EXECUTION_ENV"], "home": os.path.expanduser("~")}
`);
    const client = { client: { app_title: '앱' }, custom: { a: 1 } };
    const clientContext = Buffer.from(JSON.stringify(client)).toString('base64');
    await bench.invoke(version, {}, { clientContext });
    const { value, requestId, streams } = await bench.invoke<{ left: number; home: string }>(
      version,
      { text: 'ü 한글 😀' },
      { clientContext },
    );
    expect(value).toMatchObject({
      event: { text: 'ü 한글 😀' },
      count: 2,
      id: requestId,
      arn: version.arn,
      memory: '256',
      name: version.name,
      version: '$LATEST',
      group: `/aws/lambda/${version.name}`,
      stream: streams[0],
      app: '앱',
      custom: { a: 1 },
      cwd: true,
      env: 'AWS_Lambda_python3.13',
    });
    expect(value.left).toBeGreaterThan(5_000);
    expect(value.home).toContain(bench.home);
  });

  it('log by print and by the logging module', async () => {
    const version = make(`import logging, sys
logging.getLogger().setLevel("INFO")
def handler(event, context):
    print("printed", "twice\\nover")
    print({})
    logging.info("two\\nlines")
    logging.debug("hidden")
    sys.stderr.write("half")
`);
    const { log, requestId, tail } = await bench.invoke(version);
    expect(log[0]).toMatch(/^INIT_START Runtime Version: python:3\.13(\.\S+)?\tRuntime Version ARN: /);
    expect(log.slice(1)).toEqual([
      `START RequestId: ${requestId} Version: $LATEST\n`,
      'printed twice\n',
      'over\n',
      '{}\n',
      expect.stringMatching(new RegExp(`^\\[INFO\\]\t[\\dT:.-]{23}Z\t${requestId}\ttwo\nlines\n$`)),
      'half',
      `END RequestId: ${requestId}\n`,
      expect.stringMatching(/^REPORT RequestId: .*\tInit Duration: \d+\.\d\d ms\t\n$/),
    ]);
    expect(tail).toContain('printed twice\nover\n');
  });

  it('log as JSON, with levels', async () => {
    const version = make(
      `import logging
log = logging.getLogger("shop")
def handler(event, context):
    log.info("hidden")
    try:
        raise ValueError("bad")
    except ValueError:
        log.exception("caught", extra={"order": 7})
`,
      { logging: { format: 'JSON', group: '/g', applicationLevel: 'WARN', systemLevel: 'WARN' } },
    );
    const { log, requestId } = await bench.invoke(version);
    expect(log).toHaveLength(1);
    expect(JSON.parse(log[0] ?? '')).toMatchObject({
      level: 'ERROR',
      message: 'caught',
      logger: 'shop',
      errorType: 'ValueError',
      errorMessage: 'bad',
      requestId,
      order: 7,
      location: '/var/task/index.py:handler:8',
    });
  });

  it('fail as recorded on AWS', async () => {
    const version = make(`class CustomException(Exception):
    pass
def handler(event, context):
    raise CustomException("some error occurred")
`);
    const { value, log, requestId, functionError } = await bench.invoke(version);
    expect(functionError).toBe('Unhandled');
    expect(value).toEqual({
      errorMessage: 'some error occurred',
      errorType: 'CustomException',
      requestId,
      stackTrace: [
        '  File "/var/task/index.py", line 4, in handler\n    raise CustomException("some error occurred")\n',
      ],
    });
    expect(log[2]).toBe(
      '[ERROR] CustomException: some error occurred\nTraceback (most recent call last):\n\u00a0\u00a0File "/var/task/index.py", line 4, in handler\n\u00a0\u00a0\u00a0\u00a0raise CustomException("some error occurred")',
    );
    expect(log.at(-1)).not.toContain('Status:');
  });

  it.each([
    [
      'index.other',
      'def handler(e, c): pass',
      'Runtime.HandlerNotFound',
      "Handler 'other' missing on module 'index'",
    ],
    [
      'none.handler',
      '',
      'Runtime.ImportModuleError',
      "Unable to import module 'none': No module named 'none'",
    ],
    [
      'index',
      '',
      'Runtime.MalformedHandlerName',
      "Bad handler 'index': not enough values to unpack (expected 2, got 1)",
    ],
    ['sys.exit', '', 'Runtime.BuiltInModuleConflict', 'Cannot use built-in module sys as a handler module'],
    ['index.handler', 'def handler(:', 'Runtime.UserCodeSyntaxError', "Syntax error in module 'index': "],
    ['index.handler', 'raise Exception("Runtime startup fails")', 'Exception', 'Runtime startup fails'],
  ])('that do not start: %s, %s', async (handler, code, errorType, message) => {
    const { value, log } = await bench.invoke(make(code, { handler }));
    expect(value).toMatchObject({ errorType, requestId: '' });
    expect(value.errorMessage).toContain(message);
    expect(
      log.some(
        (line) => line.startsWith('[WARNING]') && line.includes('LAMBDA_WARNING: Unhandled exception.'),
      ),
    ).toBe(true);
    expect(log.at(-1)).toContain(`Error Type: ${errorType}`);
  });

  it.each([
    ['return {1, 2}', 'Runtime.MarshalError'],
    ['import sys; sys.exit(0)', 'Runtime.ExitError'],
    ['import os; os._exit(3)', 'Runtime.ExitError'],
    ['import time; time.sleep(30)', 'Sandbox.Timedout'],
  ])('that end otherwise: %s', async (code, errorType) => {
    const version = make(`def handler(event, context):\n    ${code}\n`, { timeoutSeconds: 1 });
    expect((await bench.invoke(version)).errorType).toBe(errorType);
  });

  it('cannot write to their package', async () => {
    const version = make(`import os, pathlib
def told(call):
    try:
        call()
        return "done"
    except OSError as error:
        return f"{error.errno} {error}"
def handler(event, context):
    return [
        told(lambda: open("/var/task/new", "w")),
        told(lambda: open("new", mode="a")),
        told(lambda: pathlib.Path(os.environ["LAMBDA_TASK_ROOT"]).joinpath("new").write_text("x")),
        told(lambda: os.remove("/var/task/index.py")),
        told(lambda: os.mkdir("folder")),
        told(lambda: open("/var/task/index.py").close()),
    ]
`);
    const refused = (name: string) => `30 [Errno 30] Read-only file system: '${name}'`;
    expect((await bench.invoke(version)).value).toEqual([
      refused('/var/task/new'),
      refused('new'),
      refused('/var/task/new'),
      refused('/var/task/index.py'),
      refused('folder'),
      'done',
    ]);
  });

  it('have a /tmp of their own, and modules of any name', async () => {
    const version = bench.make(
      {
        'src/app.py': `import json, os, pathlib, tempfile, shutil
from output import value
def handler(event, context):
    with open("/tmp/a", "w") as file:
        file.write("x")
    pathlib.Path("/tmp/folder/b").parent.mkdir(exist_ok=True)
    pathlib.Path("/tmp/folder/b").write_text("y")
    os.rename("/tmp/a", "/tmp/folder/a")
    found = sorted(os.listdir("/tmp/folder")), os.path.exists("/tmp/a"), tempfile.gettempdir() == os.environ["TMPDIR"]
    shutil.rmtree("/tmp/folder")
    return [*found, os.path.exists("/tmp/folder"), len(open("/var/task/src/app.py").read()) > 10, value]
`,
        'output.py': 'value = "mine"',
      },
      { runtime: 'python3.12', handler: 'src/app.handler' },
    );
    expect((await bench.invoke(version)).value).toEqual([['a', 'b'], false, true, false, true, 'mine']);
  });
});
