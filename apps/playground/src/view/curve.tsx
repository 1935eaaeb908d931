import { line, plot } from '@observablehq/plot';
import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

/** A value after each epoch. */
export function Curve({ label, values }: { readonly label: string; readonly values: readonly number[] }): VNode {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const points = values.map((value, at) => ({ epoch: at + 1, value }));
    const figure = plot({
      width: 300,
      height: 150,
      marginLeft: 48,
      x: {
        label: 'epoch',
        ticks: Math.min(values.length, 6),
        tickFormat: 'd',
        domain: [1, Math.max(2, values.length)],
      },
      y: { label, nice: true, grid: true, ticks: 4 },
      marks: [line(points, { x: 'epoch', y: 'value', stroke: 'currentColor', marker: values.length < 20 })],
    });
    figure.setAttribute('role', 'img');
    figure.setAttribute('aria-label', `${label} after each of ${values.length} epochs`);
    place.current?.replaceChildren(figure);
  }, [label, values]);
  return <div class="curve" ref={place} />;
}
