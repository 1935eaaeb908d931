/** Runs in the page: what a reader could not read. */
export async function findDefects(colorScheme: 'light' | 'dark'): Promise<string[]> {
  // The site hears of another scheme a moment later.
  const isDark = (): boolean => document.documentElement.classList.contains('dark');
  for (let frame = 0; frame < 60 && isDark() !== (colorScheme === 'dark'); frame++)
    await new Promise((resolve) => requestAnimationFrame(resolve));
  const defects: string[] = [];
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth > clientWidth) defects.push(`${scrollWidth} pixels in a window of ${clientWidth}`);
  const { color, backgroundColor } = getComputedStyle(document.body);
  const [text, ground] = [color, backgroundColor].map((value) =>
    (value.match(/\d+/g) ?? []).slice(0, 3).reduce((sum, part) => sum + Number(part), 0),
  );
  if (ground! > text! !== (colorScheme === 'light')) defects.push(`text ${color} on ${backgroundColor}`);
  const headings = document.querySelectorAll('h1').length;
  if (headings !== 1) defects.push(`${headings} headings of level 1`);
  const content = document.querySelector('.vp-doc');
  if (document.querySelector('.katex-error')) defects.push('an equation that was not rendered');
  const copy = content?.cloneNode(true) as Element | undefined;
  for (const code of Array.from(copy?.querySelectorAll('code') ?? [])) code.remove();
  const prose = Array.from(copy?.querySelectorAll('p, li, td') ?? [], ({ textContent }) => textContent ?? '');
  for (const words of prose) if (/\$\$|<!--/.test(words)) defects.push(`left as it was typed: ${words.slice(0, 60)}`);
  for (const svg of Array.from(document.querySelectorAll('figure svg'))) {
    const frame = svg.getBoundingClientRect();
    const name = svg.querySelector('title')?.textContent;
    if (frame.width < 200 || frame.height < 60) defects.push(`${name}: ${frame.width} by ${frame.height} pixels`);
    for (const label of Array.from(svg.querySelectorAll('text'))) {
      const { left, right, top, bottom } = label.getBoundingClientRect();
      if (left < frame.left - 1 || right > frame.right + 1 || top < frame.top - 1 || bottom > frame.bottom + 1)
        defects.push(`${name}: "${label.textContent}" is cut off`);
    }
  }
  return defects;
}
