import { createHash } from 'node:crypto';

/** The look of every page that a homelab server shows to a person. */
const style = `
:root { color-scheme: light dark; --text: #1b1f24; --muted: #57606a; --page: #f6f8fa; --card: #ffffff; --line: #d0d7de; --accent: #0b5cad; }
@media (prefers-color-scheme: dark) {
  :root { --text: #e6edf3; --muted: #9ea7b3; --page: #0d1117; --card: #161b22; --line: #3d444d; --accent: #79b8ff; }
}
* { box-sizing: border-box; }
body { margin: 0; padding: 1.5rem 1rem; background: var(--page); color: var(--text); font: 1rem/1.45 system-ui, sans-serif; }
main { max-width: 26rem; margin: 0 auto; }
main.wide { max-width: 60rem; }
h1 { margin: 0 0 .25rem; font-size: 1.375rem; }
h2 { margin: 1.5rem 0 .5rem; font-size: 1.125rem; }
p { margin: 0 0 1rem; color: var(--muted); }
a { color: var(--accent); }
ul { margin: 0; padding: 0; list-style: none; }
pre { margin: 0; padding: 1rem; overflow-x: auto; border: 1px solid var(--line); border-radius: .5rem; background: var(--card); }
button { display: block; width: 100%; margin: 0 0 .625rem; padding: .75rem 1rem; border: 1px solid var(--line); border-radius: .5rem;
  background: var(--card); color: inherit; font: inherit; text-align: left; cursor: pointer; }
button:hover { border-color: var(--accent); }
button:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
button span { display: block; color: var(--muted); font-size: .875rem; }
`;

const styleHash = createHash('sha256').update(style).digest('base64');

/**
 * The policy for the pages: nothing is loaded.
 *
 * @param formTargets - where forms may go, with the redirects that follow; nowhere by default
 */
export function htmlContentSecurityPolicy(formTargets: string[] = ["'none'"]): string {
  return [
    "default-src 'none'",
    `style-src 'sha256-${styleHash}'`,
    `form-action ${formTargets.join(' ')}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ');
}

/** A whole page. `content` is HTML, in which everything foreign has gone through {@link escapeHtml}. */
export function htmlPage(title: string, content: string, options: { isWide?: boolean } = {}): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body>
<main${options.isWide ? ' class="wide"' : ''}>
<h1>${escapeHtml(title)}</h1>
${content}
</main>
</body>
</html>
`;
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Makes text safe between tags and in quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, character => entities[character]);
}
