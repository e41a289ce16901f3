import { createHash } from 'node:crypto';
import type { DemoUser } from './demoUsers';

const style = `
:root { color-scheme: light dark; --text: #1b1f24; --muted: #57606a; --page: #f6f8fa; --card: #ffffff; --line: #d0d7de; --accent: #0b5cad; }
@media (prefers-color-scheme: dark) {
  :root { --text: #e6edf3; --muted: #9ea7b3; --page: #0d1117; --card: #161b22; --line: #3d444d; --accent: #79b8ff; }
}
* { box-sizing: border-box; }
body { margin: 0; padding: 1.5rem 1rem; background: var(--page); color: var(--text); font: 1rem/1.45 system-ui, sans-serif; }
main { max-width: 26rem; margin: 0 auto; }
h1 { margin: 0 0 .25rem; font-size: 1.375rem; }
p { margin: 0 0 1rem; color: var(--muted); }
ul { margin: 0; padding: 0; list-style: none; }
button { display: block; width: 100%; margin: 0 0 .625rem; padding: .75rem 1rem; border: 1px solid var(--line); border-radius: .5rem;
  background: var(--card); color: inherit; font: inherit; text-align: left; cursor: pointer; }
button:hover { border-color: var(--accent); }
button:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
button span { display: block; color: var(--muted); font-size: .875rem; }
`;

const styleHash = createHash('sha256').update(style).digest('base64');

/**
 * The policy for the pages: nothing is loaded, and forms go back here or, through the redirect that follows, to the portal.
 *
 * @param portalOrigin - origin of the redirect URI; browsers check `form-action` on redirects too
 */
export function contentSecurityPolicy(portalOrigin: string): string {
  return [
    "default-src 'none'",
    `style-src 'sha256-${styleHash}'`,
    `form-action 'self' ${portalOrigin}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ');
}

/** The page on which one chooses who to be. The form posts `user=<name>` to the page's own address. */
export function signInPage(users: readonly DemoUser[]): string {
  const buttons = users
    .map(
      user =>
        `<li><button type="submit" name="user" value="${escapeHtml(user.name)}">${escapeHtml(user.name)}` +
        `<span>${escapeHtml(user.displayName)}: ${escapeHtml(user.note)}</span></button></li>`,
    )
    .join('\n');
  return page(
    'Sign in to the homelab',
    `<p>Choose who to be. There are no passwords here: this provider answers on this machine only.</p>
<form method="post">
<ul>
${buttons}
</ul>
</form>`,
  );
}

/** A page that says what went wrong. */
export function errorPage(error: { title: string; detail: string }): string {
  return page(error.title, `<p role="alert">${escapeHtml(error.detail)}</p>`);
}

function page(title: string, content: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
${content}
</main>
</body>
</html>
`;
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, character => entities[character]);
}
