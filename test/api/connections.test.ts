import { findConnection } from '../../db/queries/connections';
import { type OpenedApi, openApi, type Visitor } from '../support/api';
import { type House, openHouse } from '../support/house';

const reason = 'the account was changed';

describe('connections over the API', () => {
  let house: House;
  let api: OpenedApi;
  let administrator: Visitor;

  beforeAll(async () => {
    house = await openHouse();
    api = await openApi({ database: house.database });
    administrator = await api.signedIn('administrator');
  });
  afterAll(async () => {
    await api.close();
    await house.close();
  });

  const shown = async (id: string) => {
    const { body } = await administrator.ask('GET', '/api/connections');
    return body.connections.find((connection: { id: string }) => connection.id === id);
  };
  const edit = async (id: string, change: object) => {
    const { version, settings, paused, callsPerMinute, onAbsent } = await shown(id);
    const body = { version, settings, secrets: {}, paused, callsPerMinute, onAbsent, reason, ...change };
    return administrator.ask('PUT', `/api/connections/${id}`, body);
  };

  it('tell the names of secrets, and never what they are', async () => {
    const { body } = await administrator.ask('GET', '/api/connections');
    expect(await shown('poomgo')).toMatchObject({ kind: 'wms', secretNames: ['apiKey'] });
    expect(JSON.stringify(body)).not.toContain('sandbox-key');
  });

  it('are for administrators only', async () => {
    const manager = await api.signedIn('manager');
    expect((await manager.ask('GET', '/api/connections')).status).toBe(403);
  });

  it.each(['fulfillment', 'shipstation', 'shipbob', 'coupang', 'naver'])(
    'finds that %s works',
    async (id) => {
      const { body } = await administrator.ask('POST', `/api/connections/${id}/test`);
      expect(body).toMatchObject({ ok: true });
    },
  );

  it('does not read a source whose reading is the acknowledgement', async () => {
    const { body } = await administrator.ask('POST', '/api/connections/sabangnet/test');
    expect(body).toMatchObject({ ok: true, says: expect.stringContaining('not read') });
  });

  it('names what is wrong with a secret, and keeps the others', async () => {
    expect((await edit('shipstation', { secrets: { apiSecret: 'mistyped' } })).status).toBe(200);
    const { body } = await administrator.ask('POST', '/api/connections/shipstation/test');
    expect(body).toMatchObject({ ok: false, says: expect.stringContaining('401') });
    expect((await shown('shipstation')).secretNames).toEqual(
      expect.arrayContaining(['apiKey', 'apiSecret', 'webhookSecret']),
    );
    await edit('shipstation', { secrets: { apiSecret: 'sandbox-secret' } });
    expect((await administrator.ask('POST', '/api/connections/shipstation/test')).body.ok).toBe(true);
  });

  it('are not saved with settings that their adapter does not take', async () => {
    const { status, body } = await edit('shipbob', { settings: { baseUrl: 'nowhere' } });
    expect(status).toBe(409);
    expect(body.detail).toContain('baseUrl');
    expect((await findConnection(house.database.db, 'shipbob'))?.settings).not.toEqual({
      baseUrl: 'nowhere',
    });
  });

  it('tell the second of two who edit the same one', async () => {
    const before = await shown('fassto');
    expect((await edit('fassto', { callsPerMinute: 30 })).status).toBe(200);
    const second = await edit('fassto', { version: before.version, callsPerMinute: 10 });
    expect(second).toMatchObject({ status: 409, body: { detail: expect.stringContaining('meanwhile') } });
    expect((await shown('fassto')).callsPerMinute).toBe(30);
  });
});
