const cell = 4;

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

  /** Takes a box; what lies outside takes nothing. */
  take(x: number, y: number, wide: number, high: number): void {
    const [left, right] = [Math.max(0, Math.floor(x / cell)), Math.min(this.columns - 1, Math.floor((x + wide) / cell))];
    const [top, bottom] = [Math.max(0, Math.floor(y / cell)), Math.min(this.rows - 1, Math.floor((y + high) / cell))];
    if (left > right) return;
    for (let row = top; row <= bottom; row++) this.taken.fill(1, row * this.columns + left, row * this.columns + right + 1);
  }

  /** Whether a box lies wholly within the window and nobody has taken any of it. */
  isFree(x: number, y: number, wide: number, high: number): boolean {
    const [left, right] = [Math.floor(x / cell), Math.floor((x + wide) / cell)];
    const [top, bottom] = [Math.floor(y / cell), Math.floor((y + high) / cell)];
    if (left < 0 || top < 0 || right >= this.columns || bottom >= this.rows) return false;
    for (let row = top; row <= bottom; row++) {
      for (let at = row * this.columns + left, end = at + right - left; at <= end; at++) if (this.taken[at] === 1) return false;
    }
    return true;
  }
}
