/** Every feature of the server, each loaded on its own. */
export function loadFeatures() {
  return [
    import('@backstage/plugin-app-backend'),
    import('@backstage/plugin-events-backend'),
    import('@backstage/plugin-user-settings-backend'),

    import('@backstage/plugin-auth-backend'),
    import('@backstage/plugin-auth-backend-module-guest-provider'),
    import('@backstage/plugin-auth-backend-module-oidc-provider'),

    import('@backstage/plugin-permission-backend'),
    import('@leitstand/plugin-permission-backend-module-leitstand'),

    import('@backstage/plugin-catalog-backend'),
    import('@backstage/plugin-catalog-backend-module-logs'),

    import('@backstage/plugin-search-backend'),
    import('@backstage/plugin-search-backend-module-catalog'),

    // Read-only: the policy denies its proxy to everybody.
    import('@backstage/plugin-kubernetes-backend'),

    import('@leitstand/plugin-live-backend'),
  ];
}
