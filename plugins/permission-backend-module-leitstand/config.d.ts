export interface Config {
  permission?: {
    leitstand?: {
      /**
       * Whether `user:default/guest` may read metadata. A guest never reads content and never writes, whatever groups the
       * guest's entity is in. Off by default; meant for the homelab's configuration only.
       */
      guest?: boolean;
      /**
       * Which groups have which role. A person has the highest role (admin, operator, viewer) of all groups they own
       * through; a person in none of them may do nothing.
       */
      roles?: Array<{
        role: 'viewer' | 'operator' | 'admin';
        /** Full entity references of groups: `group:default/platform-team`. */
        groups: string[];
      }>;
    };
  };
}
