import type { Database } from '../db/database';
import { countByStanding } from '../db/queries/orders';
import { STAGES } from '../domain/stage';

/** Shows how many orders stand where: on a terminal one line that changes, otherwise a line for each change. */
export class ProgressDisplay {
  private last = '';

  constructor(
    private readonly database: Database,
    private readonly out: NodeJS.WriteStream,
  ) {}

  async show(): Promise<void> {
    const line = await this.line();
    if (line === this.last) return;
    this.last = line;
    this.out.write(this.out.isTTY ? `\r\u001b[2K${line.slice(0, this.out.columns - 1)}` : `${line}\n`);
  }

  /** Leaves the line that changes behind. */
  end(): void {
    if (this.out.isTTY && this.last !== '') this.out.write('\n');
    this.last = '';
  }

  private async line(): Promise<string> {
    const counts = await countByStanding(this.database.db);
    const total = counts.reduce((sum, c) => sum + c.orders, 0);
    const stages = STAGES.map((stage) => {
      const orders = counts.filter((c) => c.stage === stage && c.waiting === null);
      return `${stage} ${orders.reduce((sum, c) => sum + c.orders, 0)}`;
    });
    const waiting = counts.flatMap((c) => (c.waiting === null ? [] : [`${c.waiting} ${c.orders}`]));
    return `${total} orders: ${stages.join(' · ')}${waiting.length > 0 ? ` | waiting: ${waiting.join(', ')}` : ''}`;
  }
}
