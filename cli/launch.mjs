// The first file that runs. It says in words what a bare machine lacks, makes the bundle and hands over.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const korean = /^ko/i.test(
  process.env.COLDSTART_LANG ||
    process.env.LC_ALL ||
    process.env.LANG ||
    Intl.DateTimeFormat().resolvedOptions().locale,
);
const stop = (english, korean_) => {
  process.stderr.write(`${korean ? korean_ : english}\n`);
  process.exit(2);
};

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  stop(
    `Coldstart needs Node.js 20.19 or newer. This is ${process.version}.\nInstall Node.js 24 from https://nodejs.org and run the command again.`,
    `Coldstart에는 Node.js 20.19 이상이 필요해요. 지금은 ${process.version}이에요.\nhttps://nodejs.org 에서 Node.js 24를 설치한 뒤 다시 실행해 주세요.`,
  );
}

// The SDK's notice about Node.js versions is for us, not for a student's screen.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

const { root, bundled } = await import('../tooling/bundle/bundle.mjs');
if (!existsSync(join(root, 'node_modules', 'esbuild'))) {
  stop(
    'The packages that Coldstart uses are not installed yet.\nRun `npm ci` in this folder, then the command again.',
    'Coldstart가 쓰는 패키지가 아직 설치되지 않았어요.\n이 폴더에서 `npm ci`를 실행한 뒤 다시 실행해 주세요.',
  );
}

const { folder, build } = await bundled();
const { main } = await import(pathToFileURL(join(folder, 'cli.js')).href);
process.exitCode = await main(process.argv.slice(2), { build, bundle: folder });
