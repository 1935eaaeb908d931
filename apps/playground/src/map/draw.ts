import type { ZoomTransform } from 'd3-zoom';

/** A point of the map. */
export interface MapPoint {
  readonly x: number;
  readonly y: number;
  readonly title: string;
  readonly kind: 'liked' | 'recommended' | 'selected' | 'other';
}

const radii: Readonly<Record<MapPoint['kind'], number>> = { liked: 6, recommended: 5, selected: 7, other: 2.5 };
/** Points are drawn in this order, so that those that matter lie on top. */
const order = ['other', 'recommended', 'liked', 'selected'] as const;
/** Titles of other points are written from this enlargement on, and at most so many. */
const [TITLES_FROM, TITLES] = [3, 40];
const MARGIN = 12;

/** Where a point lies on a canvas of this size. */
export function place(
  { x, y }: { readonly x: number; readonly y: number },
  { width, height }: { readonly width: number; readonly height: number },
  transform: ZoomTransform,
): [x: number, y: number] {
  return transform.apply([MARGIN + x * (width - 2 * MARGIN), MARGIN + y * (height - 2 * MARGIN)]);
}

/**
 * Draws all points, and the titles of those that matter as far as there is room. Colors are those of the style sheet.
 */
export function draw(canvas: HTMLCanvasElement, points: readonly MapPoint[], transform: ZoomTransform): void {
  const { clientWidth: width, clientHeight: height } = canvas;
  const ratio = devicePixelRatio;
  if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
  }
  const context = canvas.getContext('2d')!;
  const style = getComputedStyle(canvas);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  const visible = points
    .map((point) => ({ ...point, at: place(point, { width, height }, transform) }))
    .filter(({ at: [x, y] }) => x >= 0 && y >= 0 && x <= width && y <= height)
    .sort((one, other) => order.indexOf(one.kind) - order.indexOf(other.kind));
  for (const { kind, at } of visible) {
    context.fillStyle = style.getPropertyValue(`--map-${kind}`);
    context.beginPath();
    context.arc(...at, radii[kind], 0, 2 * Math.PI);
    context.fill();
  }
  context.font = `12px ${style.fontFamily}`;
  const written: Box[] = [];
  for (const { kind, title, at } of visible.reverse()) {
    if (kind === 'other' && (transform.k < TITLES_FROM || written.length > TITLES)) break;
    const [left, middle] = [at[0] + radii[kind] + 3, at[1]];
    const box = { left, right: left + context.measureText(title).width, top: middle - 8, bottom: middle + 8 };
    if (written.some((other) => overlap(box, other))) continue;
    written.push(box);
    context.fillStyle = style.getPropertyValue(`--map-${kind}`);
    context.fillText(title, left, middle + 4);
  }
}

/** Where a title is written. */
interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

function overlap(one: Box, other: Box): boolean {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}
