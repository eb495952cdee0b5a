import { setTimeout as sleep } from 'node:timers/promises';
import type { RowDataPacket } from 'mysql2/promise';
import type { Fault } from './fault';

/** KILL of every connection that the workers have, several times within seconds. */
export const killConnections: Fault = {
  kind: 'kill-connections',
  async inject({ mysql, seats, context }, random) {
    const rounds = random.between(1, 4);
    const pauseMs = random.between(100, 1_500);
    const { pool } = context.database;
    return mysql.turns.take(async () => {
      let killed = 0;
      for (let round = 0; round < rounds; round += 1) {
        const ports = new Set(seats.flatMap(({ toMysql }) => toMysql.clientPorts));
        const [rows] = await pool.query<RowDataPacket[]>('SHOW PROCESSLIST');
        for (const { Id, Host } of rows as { Id: string; Host: string }[]) {
          if (!ports.has(Number(Host.split(':')[1]))) continue;
          // It may be gone already.
          await pool.query(`KILL ${Id}`).catch(() => undefined);
          killed += 1;
        }
        await sleep(pauseMs);
      }
      return `${killed} connections in ${rounds} rounds`;
    });
  },
};
