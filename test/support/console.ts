import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { hashPassword } from '../../client/use-cases/passwords';
import type { Database } from '../../db/database';
import { addUser } from '../../db/queries/users';
import type { Role } from '../../domain/role';
import { type Child, startChild } from '../../sandbox/child';
import { compiled } from '../../sandbox/environment';
import { given, TEST_KEYS } from './database';

/** Skips the tests where this machine has no browser, which the closing line says. */
export const inBrowser: typeof describe = process.env['BOOSTA_TEST_BROWSER'] ? describe : describe.skip;

const PASSWORD = 'correct horse battery';
/** Only what never comes takes so long: machines here are at some times many times slower than at others. */
const PATIENCE_MS = 90_000;
const WIDE = { width: 1280, height: 900 };
const PHONE = { width: 390, height: 844 };

/** How somebody looks at the console. */
export interface View {
  readonly isPhone?: boolean;
  readonly language?: 'ko' | 'en';
}

/** The API's process with the built console, and a browser to look at it. */
export class OpenedConsole {
  /** Of the administrator that the first start has made. */
  readonly firstPassword: string;
  private readonly contexts: BrowserContext[] = [];
  /** What went wrong in a page or was answered by a fault of ours, since it was last looked for. */
  private readonly faults: string[] = [];

  private constructor(
    private readonly database: Database,
    private readonly env: Readonly<Record<string, string>>,
    private readonly dir: string,
    private api: Child,
    private readonly browser: Browser,
  ) {
    this.firstPassword = (api.firstMessage as { password?: string }).password ?? '';
  }

  /** @param env which database and which Temporal it is for. */
  static async open(database: Database, env: Readonly<Record<string, string>>): Promise<OpenedConsole> {
    const dir = mkdtempSync(join(tmpdir(), 'boosta-console-'));
    const all = { ...env, BOOSTA_SECRET_KEY: TEST_KEYS.map((key) => key.toString('base64')).join(',') };
    const api = await startApi(dir, { ...all, BOOSTA_API_PORT: '0' });
    const browser = await chromium.launch({ executablePath: given('BOOSTA_TEST_BROWSER') });
    return new OpenedConsole(database, all, dir, api, browser);
  }

  get url(): string {
    return (this.api.firstMessage as { url: string }).url;
  }

  /** A page of the console as somebody sees it who has not signed in. */
  async visit({ isPhone = false, language = 'ko' }: View = {}): Promise<Page> {
    const context = await this.browser.newContext({
      baseURL: this.url,
      viewport: isPhone ? PHONE : WIDE,
      isMobile: isPhone,
      hasTouch: isPhone,
      locale: 'ko-KR',
      timezoneId: 'Asia/Seoul',
      reducedMotion: 'reduce',
    });
    context.setDefaultTimeout(PATIENCE_MS);
    this.contexts.push(context);
    if (language !== 'ko')
      await context.addInitScript(`localStorage.setItem('boosta-language', '"${language}"')`);
    const page = await context.newPage();
    page.on('pageerror', (error) => this.faults.push(`${page.url()}: ${error.message}`));
    page.on('response', (answer) => {
      if (answer.status() >= 500) this.faults.push(`${answer.status()} ${answer.url()}`);
    });
    return page;
  }

  /** A page of the console for a new user of this role, who has signed in. */
  async signedIn(role: Role, name: string = role, view: View = {}): Promise<Page> {
    const passwordHash = await hashPassword(PASSWORD);
    await addUser(this.database.db, { name, role, email: null, passwordHash });
    const page = await this.visit(view);
    const answer = await page.request.post('/api/session', { data: { name, password: PASSWORD } });
    if (!answer.ok()) throw new Error(`${name} cannot sign in: ${answer.status()} ${await answer.text()}`);
    return page;
  }

  /** Closes all pages. @returns what went wrong in them. */
  async leave(): Promise<string[]> {
    for (const context of this.contexts.splice(0)) await context.close();
    return this.faults.splice(0);
  }

  async stopApi(): Promise<void> {
    await this.api.stop();
  }

  /** At the address where it was. */
  async startApi(): Promise<void> {
    this.api = await startApi(this.dir, { ...this.env, BOOSTA_API_PORT: new URL(this.url).port });
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.api.stop();
    rmSync(this.dir, { recursive: true, force: true });
  }
}

function startApi(dir: string, env: Record<string, string>): Promise<Child> {
  return startChild(compiled('client/api/main'), { env, logFile: join(dir, 'api.log') });
}

/** Sends a write as the page would. @returns what was answered. */
export async function send(page: Page, method: 'POST' | 'PUT', path: string, data: object | Buffer) {
  const { csrfToken } = (await (await page.request.get('/api/session')).json()) as { csrfToken: string };
  const headers = { 'x-csrf-token': csrfToken };
  const answer = await page.request.fetch(path, { method, data, headers });
  return { status: answer.status(), body: (await answer.json()) as ReturnType<typeof JSON.parse> };
}
