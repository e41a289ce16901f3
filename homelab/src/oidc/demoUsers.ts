/** A person one can sign in as. There are no passwords: whoever reaches the loopback port may be anybody. */
export interface DemoUser {
  /** Subject and preferred user name; the local part of the e-mail address as well. */
  name: string;
  /** The role that the embedded configuration gives the person's group. */
  role: 'viewer' | 'operator' | 'admin';
  displayName: string;
  email: string;
  /** What one can try as this person. */
  note: string;
}

/** The demo users, one for each role and a bystander: an operator whose team owns something else. */
export const demoUsers: readonly DemoUser[] = [
  demoUser('viewer', 'viewer', { displayName: 'Viewer', note: 'sees everything, changes nothing' }),
  demoUser('operator', 'operator', {
    displayName: 'Operator (todo and ML team)',
    note: 'runs operations on what the todo and ML teams own',
  }),
  demoUser('admin', 'admin', { displayName: 'Admin (platform team)', note: 'runs operations on everything' }),
  demoUser('bystander', 'operator', {
    displayName: 'Bystander (nutrition team)',
    note: 'runs operations on what the nutrition team owns, so not on the todo application',
  }),
];

function demoUser(name: string, role: DemoUser['role'], text: Pick<DemoUser, 'displayName' | 'note'>): DemoUser {
  return { name, role, email: `${name}@homelab.example`, ...text };
}
