import { destinationOf, type Route, routesToReplace } from '../../domain/routing';

const line = (lineKey: string, ...wmses: (string | null)[]) => ({
  lineKey,
  quantity: 1,
  items: wmses.map((wms, index) => ({ itemCode: `ITEM-${index}`, wms })),
});

describe('where a dispatch goes', () => {
  it('is one WMS when every item of every line goes there', () => {
    expect(destinationOf([line('a', 'x', 'x'), line('b', 'x')])).toEqual({ kind: 'one', wms: 'x' });
  });

  it('is several WMSes, each with its own lines', () => {
    const to = destinationOf([line('a', 'x'), line('b', 'y'), line('c', 'x')]);
    expect(to.kind === 'several' && [...to.parts].map(([wms, lines]) => [wms, lines.length])).toEqual([
      ['x', 2],
      ['y', 1],
    ]);
  });

  it('is nowhere while an item has no WMS, or a line would have to be torn apart', () => {
    expect(destinationOf([line('a', 'x', null)])).toMatchObject({
      kind: 'none',
      why: expect.stringContaining('ITEM-1'),
    });
    expect(destinationOf([line('a', 'x', 'y')])).toMatchObject({
      kind: 'none',
      why: expect.stringContaining('ITEM-0 → x, ITEM-1 → y'),
    });
  });
});

describe('what a cut-over replaces', () => {
  const route = (channel: string, wms: string, day: number): Route => ({
    channel,
    itemCode: '',
    wms,
    validFrom: new Date(Date.UTC(2026, 10, day)),
  });
  const at = new Date(Date.UTC(2026, 10, 10));

  it('is what leads to the old WMS at that moment, not what did before', () => {
    const routes = [route('', 'old', 1), route('kakao', 'old', 1), route('kakao', 'other', 5)];
    expect(routesToReplace(routes, 'old', at)).toEqual({ inForce: [routes[0]], later: [] });
  });

  it('leaves alone, but names, what somebody has planned for later', () => {
    const later = route('kakao', 'old', 20);
    expect(routesToReplace([route('', 'other', 1), later], 'old', at)).toEqual({
      inForce: [],
      later: [later],
    });
  });
});
