import { useSignal } from '@preact/signals';
import { select } from 'd3-selection';
import { type ZoomBehavior, type ZoomTransform, zoom, zoomIdentity } from 'd3-zoom';
import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { draw, type MapPoint, place } from '../map/draw.js';
import { findItems, type Item } from '../session/items.js';
import { recommend } from '../session/lists.js';
import { likes } from '../session/session.js';
import type { TrainedModel } from '../session/trained-model.js';
import { selected } from './selected.js';

/** The items of a map, and x and y of each, from 0 to 1. */
export interface MapCanvasProps {
  readonly model: TrainedModel;
  readonly items: readonly Item[];
  readonly xy: Float32Array;
}

/** The map with its tools: moved and enlarged by pointer, fingers or keys. */
export function MapCanvas({ model, items: mapped, xy }: MapCanvasProps): VNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  const zoomer = useRef<ZoomBehavior<HTMLCanvasElement, unknown> | null>(null);
  const transform = useRef<ZoomTransform>(zoomIdentity);
  const points = useRef<readonly MapPoint[]>([]);
  const text = useSignal('');
  const redraw = (): void => {
    if (canvas.current) draw(canvas.current, points.current, transform.current);
  };
  const chosen = likes.value;
  const marked = selected.value;

  useEffect(() => {
    const behavior = zoom<HTMLCanvasElement, unknown>().scaleExtent([1, 40]);
    behavior.on('zoom', ({ transform: next }: { transform: ZoomTransform }) => {
      transform.current = next;
      redraw();
    });
    zoomer.current = behavior;
    select(canvas.current!).call(behavior);
    const observer = new ResizeObserver(redraw);
    observer.observe(canvas.current!);
    const dark = matchMedia('(prefers-color-scheme: dark)');
    dark.addEventListener('change', redraw);
    return () => {
      observer.disconnect();
      dark.removeEventListener('change', redraw);
    };
  }, []);

  useEffect(() => {
    let isCurrent = true;
    void recommend(model, chosen).then((list) => {
      if (!isCurrent) return;
      const recommended = new Set(list.refusal === undefined ? list.lines.map(({ item }) => item) : []);
      points.current = mapped.map(({ id, title }, at) => ({
        x: xy[2 * at]!,
        y: xy[2 * at + 1]!,
        title,
        kind: findKind(id, { marked, chosen, recommended }),
      }));
      redraw();
    });
    return () => {
      isCurrent = false;
    };
  }, [model, mapped, xy, chosen, marked]);

  const change = (apply: (behavior: ZoomBehavior<HTMLCanvasElement, unknown>) => void): void => apply(zoomer.current!);
  const scale = (factor: number): void => change((behavior) => behavior.scaleBy(select(canvas.current!), factor));
  const goTo = (item: Item): void => {
    selected.value = item.id;
    const at = mapped.indexOf(item);
    const { clientWidth: width, clientHeight: height } = canvas.current!;
    const [x, y] = place({ x: xy[2 * at]!, y: xy[2 * at + 1]! }, { width, height }, zoomIdentity);
    change((behavior) => {
      behavior.scaleTo(select(canvas.current!), 6);
      behavior.translateTo(select(canvas.current!), x, y);
    });
  };
  const click = ({ offsetX, offsetY }: MouseEvent): void => {
    const { clientWidth: width, clientHeight: height } = canvas.current!;
    let [nearest, distance] = [-1, 15];
    for (const [at, point] of points.current.entries()) {
      const [x, y] = place(point, { width, height }, transform.current);
      const away = Math.hypot(x - offsetX, y - offsetY);
      if (away < distance) [nearest, distance] = [at, away];
    }
    if (nearest >= 0) selected.value = mapped[nearest]!.id;
  };
  const press = (event: KeyboardEvent): void => {
    const step = steps[event.key];
    if (step)
      change((behavior) => behavior.translateBy(select(canvas.current!), ...scaleStep(step, transform.current.k)));
    else if (event.key === '+') scale(1.5);
    else if (event.key === '-') scale(1 / 1.5);
    else return;
    event.preventDefault();
  };
  const found = text.value
    ? findItems(text.value, 50)
        .filter((item) => mapped.includes(item))
        .slice(0, 8)
    : [];
  return (
    <>
      <div class="map-tools">
        <label>
          Find on the map
          <input
            type="search"
            value={text}
            onInput={({ currentTarget }) => {
              text.value = currentTarget.value;
            }}
          />
        </label>
        <button type="button" onClick={() => scale(1.5)} aria-label="Zoom in">
          +
        </button>
        <button type="button" onClick={() => scale(1 / 1.5)} aria-label="Zoom out">
          −
        </button>
        <button
          type="button"
          onClick={() => change((behavior) => behavior.transform(select(canvas.current!), zoomIdentity))}
        >
          Whole map
        </button>
      </div>
      {text.value && (
        <ul class="chips" aria-label="Found on the map">
          {found.map((item) => (
            <li key={item.id}>
              <button type="button" class="chip" onClick={() => goTo(item)}>
                {item.title}
              </button>
            </li>
          ))}
          {found.length === 0 && <li class="hint">None of the items on the map has these words.</li>}
        </ul>
      )}
      <canvas
        ref={canvas}
        class="map"
        role="img"
        tabIndex={0}
        aria-label={describe(mapped.length)}
        onClick={click}
        onKeyDown={press}
      />
      <p class="hint legend">
        <span class="liked">you like</span> <span class="recommended">recommended</span>{' '}
        <span class="selected">selected</span>
      </p>
    </>
  );
}

/** How far an arrow key moves the map, in pixels. */
const steps: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [60, 0],
  ArrowRight: [-60, 0],
  ArrowUp: [0, 60],
  ArrowDown: [0, -60],
};

const scaleStep = ([x, y]: readonly [number, number], factor: number): [number, number] => [x / factor, y / factor];

function findKind(
  id: Item['id'],
  {
    marked,
    chosen,
    recommended,
  }: {
    readonly marked: Item['id'] | undefined;
    readonly chosen: readonly Item['id'][];
    readonly recommended: ReadonlySet<Item['id']>;
  },
): MapPoint['kind'] {
  if (id === marked) return 'selected';
  if (chosen.includes(id)) return 'liked';
  return recommended.has(id) ? 'recommended' : 'other';
}

function describe(count: number): string {
  return (
    `Map of the ${count} most popular items. Arrow keys move it, plus and minus enlarge it; ` +
    '“Similar items” lists the neighbors of the selected one.'
  );
}
