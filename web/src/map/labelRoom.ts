const cell = 8;

/** Finds room for labels on a coarse grid, so that none hides another or a symbol. */
export class LabelRoom {
  private columns = 0;
  private rows = 0;
  private taken = new Uint8Array(0);

  clear(width: number, height: number): void {
    this.columns = Math.ceil(width / cell);
    this.rows = Math.ceil(height / cell);
    if (this.taken.length === this.columns * this.rows) this.taken.fill(0);
    else this.taken = new Uint8Array(this.columns * this.rows);
  }

  take(x: number, y: number, wide: number, high: number): void {
    this.visit(x, y, wide, high, (at) => {
      this.taken[at] = 1;
      return true;
    });
  }

  /** The top left of a free box beside a point, or null; always one when it must be. */
  find(x: number, y: number, wide: number, high: number, must: boolean): [number, number] | null {
    const choices: [number, number][] = [
      [x + 12, y - high - 4], [x + 12, y + 5], [x - wide - 12, y - high - 4], [x - wide - 12, y + 5],
    ];
    for (const [left, top] of choices) {
      if (!this.visit(left, top, wide, high, (at) => this.taken[at] === 0)) continue;
      this.take(left, top, wide, high);
      return [left, top];
    }
    return must ? choices[0] ?? null : null;
  }

  /** Visits the cells of a box as long as the visitor says yes; false once it said no. */
  private visit(x: number, y: number, wide: number, high: number, visitor: (at: number) => boolean): boolean {
    const clamp = (value: number, most: number) => Math.max(0, Math.min(most, Math.floor(value / cell)));
    const [left, right] = [clamp(x, this.columns - 1), clamp(x + wide, this.columns - 1)];
    const [top, bottom] = [clamp(y, this.rows - 1), clamp(y + high, this.rows - 1)];
    for (let row = top; row <= bottom; row++) {
      for (let column = left; column <= right; column++) if (!visitor(row * this.columns + column)) return false;
    }
    return true;
  }
}
