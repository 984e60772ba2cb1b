const patterns = new Map<string, CanvasPattern | string>();

/** Diagonal stripes of a colour, for what is not known. */
export function hatch(colour: string): CanvasPattern | string {
  const known = patterns.get(colour);
  if (known) return known;
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 14;
  const context = canvas.getContext('2d');
  if (!context) return `${colour}22`;
  context.strokeStyle = `${colour}40`;
  context.lineWidth = 1.6;
  for (const shift of [-14, 0, 14]) {
    context.beginPath();
    context.moveTo(shift, 14);
    context.lineTo(shift + 14, 0);
    context.stroke();
  }
  const pattern = context.createPattern(canvas, 'repeat') ?? `${colour}22`;
  patterns.set(colour, pattern);
  return pattern;
}
