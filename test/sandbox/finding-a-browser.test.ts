import { BrowserUnavailable, ensureBrowser } from '../support/browser';

describe('the browser of the tests', () => {
  const before = process.env['BOOSTA_BROWSER'];
  afterEach(() => {
    if (before === undefined) delete process.env['BOOSTA_BROWSER'];
    else process.env['BOOSTA_BROWSER'] = before;
  });

  it('is the one that is named', async () => {
    // Any program that answers when it is asked for its version.
    process.env['BOOSTA_BROWSER'] = process.execPath;
    expect(await ensureBrowser(() => undefined)).toBe(process.execPath);
  });

  it('is none, and the sentence says what to do, where the one that is named does not run', async () => {
    process.env['BOOSTA_BROWSER'] = '/nowhere/chromium';
    await expect(ensureBrowser(() => undefined)).rejects.toThrow(BrowserUnavailable);
    await expect(ensureBrowser(() => undefined)).rejects.toThrow(/nowhere.*BOOSTA_BROWSER/);
  });
});
