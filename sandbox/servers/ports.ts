import { connect, createServer } from 'node:net';
import { errorCode } from './error-code';

const LOOPBACK = '127.0.0.1';

/** A port that a server needs is taken; the message says what to do. */
export class PortInUse extends Error {
  override readonly name = 'PortInUse';
  constructor(
    readonly port: number,
    what: string,
    variable: string,
    options?: ErrorOptions,
  ) {
    super(
      `Port ${port} for ${what} is in use: stop what listens there, or set ${variable} to use another.`,
      options,
    );
  }
}

/** Fails with one clear sentence if someone listens on the port; `variable` names the setting that changes it. */
export async function requirePortFree(port: number, what: string, variable: string): Promise<void> {
  // On macOS binding succeeds beside a listener on all addresses, so ask for an answer first.
  if (await answers(port)) throw new PortInUse(port, what, variable);
  await bind(port).catch((cause: unknown) => {
    if (errorCode(cause) === 'EADDRINUSE') throw new PortInUse(port, what, variable, { cause });
    throw cause;
  });
}

/** A port that is free now. The system hands out others for a while, so two callers do not meet. */
export async function freePort(): Promise<number> {
  return bind(0);
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: LOOPBACK, timeout: 1_000 });
    const settle = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => settle(true));
    socket.once('timeout', () => settle(false));
    socket.once('error', () => settle(false));
  });
}

/** Listens for an instant and returns the port it got. */
function bind(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port, host: LOOPBACK, exclusive: true }, () => {
      const address = server.address();
      const bound = typeof address === 'object' && address ? address.port : port;
      server.close(() => resolve(bound));
    });
  });
}
