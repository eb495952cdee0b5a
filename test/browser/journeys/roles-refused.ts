import type { Page } from 'playwright-core';
import { send } from '../../support/console';
import { type ConsoleHouse, enterOrder } from '../house';

/** What a role may not do is not offered, and is refused where it is asked for all the same. */
export function rolesRefused(house: () => ConsoleHouse): void {
  it('a viewer is offered nothing that changes anything, and is refused where it asks for it', async () => {
    const operator = await house().console.signedIn('operator', 'han');
    const key = await enterOrder(operator, 'b2b', 'ROLE-1', '권한을 보는 딜');
    const viewer = await house().console.signedIn('viewer', 'guest');

    await viewer.goto(`/orders/${key}`);
    await viewer.getByRole('heading', { level: 1, name: 'ROLE-1' }).waitFor();
    expect(await offered(viewer, /보류|취소|다시 매칭|개인정보/u)).toEqual([]);
    await operator.goto(`/orders/${key}`);
    await operator.getByRole('button', { name: '보류', exact: true }).waitFor();
    await viewer.goto('/upload');
    await viewer.getByRole('heading', { level: 1, name: '업로드' }).waitFor();
    expect(await offered(viewer, /파일 선택/u)).toEqual([]);
    await viewer.goto('/dispatch/routes');
    await viewer.getByRole('table').first().waitFor();
    expect(await offered(viewer, /경로 정하기|WMS 바꾸기/u)).toEqual([]);

    const reason = '그냥';
    expect((await send(viewer, 'POST', `/api/orders/${key}/hold`, { reason })).status).toBe(403);
    expect((await viewer.request.get('/api/users')).status()).toBe(403);
  });

  it('settings of users, tokens and connections are shown to administrators only', async () => {
    const manager = await house().console.signedIn('manager', 'lim');
    await manager.goto('/settings/users');
    await manager.getByRole('tab', { name: '알림' }).waitFor();
    expect(await manager.getByRole('tab').allInnerTexts()).toEqual(['알림', '내 비밀번호']);
    const administrator = await house().console.signedIn('administrator', 'oh');
    await administrator.goto('/settings/users');
    await administrator.getByRole('button', { name: '사용자 추가' }).waitFor();
  });
}

async function offered(page: Page, name: RegExp): Promise<string[]> {
  return page.getByRole('main').getByRole('button', { name }).allInnerTexts();
}
