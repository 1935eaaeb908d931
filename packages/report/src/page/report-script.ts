/**
 * The script of the report: filters and sorts what the page contains already, and folds parts on phones. Without it the
 * whole page can be read. It neither loads nor stores anything.
 */
export const reportScript: string = `'use strict';
(() => {
  const find = (selector, within = document) => Array.from(within.querySelectorAll(selector));
  const form = document.querySelector('form.controls');
  if (!form) return;
  const { query, verdict, order } = form.elements;
  const status = form.querySelector('[role=status]');
  form.hidden = false;
  form.addEventListener('submit', (event) => event.preventDefault());

  if (matchMedia('(max-width: 40rem)').matches) for (const each of find('details.phone-folded')) each.open = false;

  // A link into a folded part opens it.
  const reveal = () => {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    const inner = target.matches('section') && target.querySelector('details');
    if (inner) inner.open = true;
    for (let box = target; box; box = box.parentElement) if (box.tagName === 'DETAILS') box.open = true;
    target.scrollIntoView();
  };
  addEventListener('hashchange', reveal);
  reveal();

  // Rows and figures of each part; the words of its heading are those of each.
  const parts = find('[data-filter]').map((box) => {
    const heading = [box.dataset.find ?? '', ...find('h3', box).map((each) => each.textContent)].join(' ');
    const items = find('tbody tr, figure', box).filter((item) => item.closest('[data-filter]') === box);
    const texts = items.map((item) => (heading + ' ' + item.textContent).toLowerCase());
    const verdicts = items.map((item) => item.querySelector('.verdict')?.className.split(' ')[1]);
    return { box, items, texts, verdicts };
  });
  const filter = () => {
    const words = query.value.toLowerCase().split(/\\s+/).filter(Boolean);
    let [shown, all] = [0, 0];
    for (const { box, items, texts, verdicts } of parts) {
      let found = 0;
      items.forEach((item, at) => {
        const suits = !verdict.value || verdicts[at] === undefined || verdicts[at] === verdict.value;
        item.hidden = !(suits && words.every((word) => texts[at].includes(word)));
        if (!item.hidden) found += 1;
      });
      box.hidden = found === 0 && items.length > 0;
      for (const inner of find('details', box))
        if (words.length > 0 && inner.querySelector('tbody tr:not([hidden])')) inner.open = true;
      shown += found;
      all += items.length;
    }
    status.textContent = words.length > 0 || verdict.value ? shown + ' of ' + all + ' rows and figures' : '';
  };
  query.addEventListener('input', filter);
  verdict.addEventListener('change', filter);

  // Boards: by score as written, or by name; rows move between the open and the folded table.
  const boards = find('.board').map((board) => ({
    bodies: find('tbody', board),
    counts: find('tbody', board).map((body) => body.rows.length),
    rows: find('tbody tr', board),
  }));
  order.addEventListener('change', () => {
    const compare = new Intl.Collator('en', { numeric: true }).compare;
    for (const { bodies, counts, rows } of boards) {
      const sorted = order.value === 'name'
        ? rows.slice().sort((one, other) => compare(one.dataset.name, other.dataset.name))
        : rows;
      let at = 0;
      bodies.forEach((body, number) => body.append(...sorted.slice(at, (at += counts[number]))));
    }
  });

  // Tables of results: a click on a heading sorts by that column.
  const read = (cell) => {
    const text = cell.textContent.replace('−', '-').replace(/^[^-\\d.]*(?=\\d)/, '').replaceAll(',', '');
    const number = Number.parseFloat(text);
    return Number.isNaN(number) ? undefined : number;
  };
  const compareCells = (one, other, numeric) => {
    if (!numeric) return one.textContent.localeCompare(other.textContent, 'en', { numeric: true });
    const [first, second] = [read(one), read(other)];
    if (first === undefined || second === undefined) return (first === undefined) - (second === undefined);
    return first - second;
  };
  for (const table of find('details.details table')) {
    const heads = find('thead th', table);
    heads.forEach((head, column) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener('click', () => {
        const down = head.getAttribute('aria-sort') === 'ascending';
        for (const each of heads) each.removeAttribute('aria-sort');
        head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
        const numeric = head.classList.contains('number');
        const rows = Array.from(table.tBodies[0].rows);
        rows.sort((one, other) => (down ? -1 : 1) * compareCells(one.cells[column], other.cells[column], numeric));
        table.tBodies[0].append(...rows);
      });
    });
  }
})();
`;
