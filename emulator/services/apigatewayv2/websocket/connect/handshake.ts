/**
 * Why a client's opening handshake is none, in the words of an answer's body; undefined: it is well formed.
 * https://www.rfc-editor.org/rfc/rfc6455#section-4.2.1
 */
export function handshakeProblem(headers: Readonly<Record<string, string>>): string | undefined {
  const {
    'sec-websocket-key': key = '',
    'sec-websocket-version': version,
    'sec-websocket-protocol': protocols,
  } = headers;
  if (!/^[+/0-9A-Za-z]{22}==$/.test(key)) return told('Missing or invalid Sec-WebSocket-Key header');
  if (version !== '13') return told('Missing or invalid Sec-WebSocket-Version header');
  const names = protocols?.split(',').map((name) => name.trim()) ?? [];
  const wrong = names.some((name) => !/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name));
  return wrong || new Set(names).size < names.length
    ? told('Invalid Sec-WebSocket-Protocol header')
    : undefined;
}

const told = (message: string): string => JSON.stringify({ message });
