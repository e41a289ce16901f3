export {
  signIn,
  startOidcHomelab,
  type OidcHomelab,
  type OidcHomelabOptions,
  type SignIn,
  type SignInOptions,
} from './oidc';
