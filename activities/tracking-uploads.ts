import type { Connections } from './connections';
import { Gate } from './gate';
import type { Reply, TrackingUpload } from './sources/source';

interface Waiting {
  readonly upload: TrackingUpload;
  readonly settle: (reply: Reply) => void;
  readonly fail: (error: unknown) => void;
}

/** Tracking numbers on their way back; those of one source that come together go in one call. */
export class TrackingUploads {
  private readonly gates = new Map<string, Gate<Waiting>>();

  constructor(private readonly connections: Connections) {}

  /** @throws UnknownConnection, or OutsideUnavailable while the source is paused. */
  async upload(sourceId: string, upload: TrackingUpload): Promise<Reply> {
    const source = await this.connections.source(sourceId);
    const known = this.gates.get(sourceId);
    const gate = known ?? this.open(sourceId, source.capabilities.uploadsPerCall);
    return new Promise((settle, fail) => gate.add({ upload, settle, fail }));
  }

  private open(sourceId: string, perCall: number): Gate<Waiting> {
    const gate = new Gate<Waiting>({ atOnce: 2, perCall, call: (together) => this.call(sourceId, together) });
    this.gates.set(sourceId, gate);
    return gate;
  }

  private async call(sourceId: string, together: readonly Waiting[]): Promise<void> {
    try {
      const source = await this.connections.source(sourceId);
      const replies = await source.uploadTracking(together.map((one) => one.upload));
      for (const [index, one] of together.entries()) {
        const reply = replies[index];
        if (reply === undefined)
          throw new Error(`${sourceId} gave ${replies.length} replies to ${together.length} uploads`);
        one.settle(reply);
      }
    } catch (error) {
      for (const one of together) one.fail(error);
    }
  }
}
