export { signIn, type SignInOptions } from './signIn';
export { startOidcHomelab, type OidcHomelab, type OidcHomelabOptions, type SignIn } from './startOidcHomelab';
