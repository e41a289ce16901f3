import { escapeHtml, htmlContentSecurityPolicy, htmlPage } from '../core';
import type { DemoUser } from './demoUsers';

/**
 * The policy for the pages: nothing is loaded, and forms go back here or, through the redirect that follows, to the portal.
 *
 * @param portalOrigin - origin of the redirect URI; browsers check `form-action` on redirects too
 */
export function contentSecurityPolicy(portalOrigin: string): string {
  return htmlContentSecurityPolicy(["'self'", portalOrigin]);
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
  return htmlPage(
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
  return htmlPage(error.title, `<p role="alert">${escapeHtml(error.detail)}</p>`);
}
