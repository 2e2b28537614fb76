// Makes keys and passes. In real life this is your identity provider.
//
//   node pass.mjs keys              writes pass.key, which stays on this machine, and prints the public key
//   node pass.mjs Ada read write    prints a pass for Ada that is good for an hour
import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';

const [subject = 'Ada', ...scopes] = process.argv.slice(2);
const file = new URL('pass.key', import.meta.url);
const encoded = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');

if (subject === 'keys') {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  // 'wx': a key that is there already is never overwritten.
  writeFileSync(file, privateKey.export({ format: 'pem', type: 'pkcs8' }), { mode: 0o600, flag: 'wx' });
  console.log(publicKey.export({ format: 'der', type: 'spki' }).toString('base64'));
} else {
  const exp = Math.floor(Date.now() / 1000) + 3600;
  const signed = `${encoded({ alg: 'EdDSA', typ: 'JWT' })}.${encoded({ sub: subject, scope: scopes.join(' '), exp })}`;
  const signature = sign(null, Buffer.from(signed), createPrivateKey(readFileSync(file)));
  console.log(`${signed}.${signature.toString('base64url')}`);
}
