import { describe, expect, it } from 'vitest';
import { asHtml, html, renderProse } from './html.js';

describe('html', () => {
  it('escapes text but not HTML', () => {
    const title = `<script>alert("it's") & more</script>`;
    expect(html`<b>${title}</b>`.html).toBe(
      '<b>&lt;script&gt;alert(&quot;it&#39;s&quot;) &amp; more&lt;/script&gt;</b>',
    );
    expect(html`<p>${html`<b>${'<'}</b>`}${asHtml('<hr>')}${7}</p>`.html).toBe('<p><b>&lt;</b><hr>7</p>');
    expect(html`<ul>${['a', '>'].map((each) => html`<li>${each}</li>`)}</ul>`.html).toBe(
      '<ul><li>a</li><li>&gt;</li></ul>',
    );
  });
});

describe('renderProse', () => {
  it('renders code between backticks', () => {
    expect(renderProse('Run `footlight <name>` now.').html).toBe('Run <code>footlight &lt;name&gt;</code> now.');
  });
});
