export interface Config {
  leitstand?: {
    /** The ways to sign in that the sign-in page offers. Each needs its provider under `auth.providers` as well. */
    signIn?: {
      /**
       * Whether one may come in as a guest. Default: false.
       * @visibility frontend
       */
      guest?: boolean;
      /** Sign-in through an OpenID Connect provider (`auth.providers.oidc`). Not offered when absent. */
      oidc?: {
        /**
         * What the button says after "Sign in with". Default: OpenID Connect.
         * @visibility frontend
         */
        title?: string;
      };
    };
  };
}
