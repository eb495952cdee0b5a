import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

export interface Mailbox {
  readonly smtpUrl: string;
  /** Mails as they came, in their order. */
  readonly mails: string[];
  /** Refuses every recipient from now on. */
  refuse(): void;
  close(): Promise<void>;
}

/** A mail server that takes mail for anybody. */
export async function openMailbox(): Promise<Mailbox> {
  const mails: string[] = [];
  let refuses = false;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onRcptTo: ({ address }, _, done) => {
      done(refuses ? Object.assign(new Error(`${address} is unknown`), { responseCode: 550 }) : null);
    },
    onData: (stream, _, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        mails.push(Buffer.concat(chunks).toString('utf8'));
        done();
      });
    },
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    smtpUrl: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    mails,
    refuse: () => {
      refuses = true;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
