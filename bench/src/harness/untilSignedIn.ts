import { signIn } from '@leitstand/homelab';

/**
 * Signs in as soon as that can be done: people come from the catalogue, so that nobody is known in the first moments.
 *
 * @returns a Backstage token
 * @throws Error when it is refused for another reason
 */
export async function untilSignedIn(portalUrl: string, user: string = 'operator'): Promise<string> {
  for (;;) {
    try {
      return await signIn({ portalUrl, user });
    } catch (error) {
      if (!(error as Error).message.startsWith('Sign-in refused')) throw error;
      await new Promise(resolve => setTimeout(resolve, 250));
    }
  }
}
