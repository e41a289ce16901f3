import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { SignInPageProps } from '@backstage/plugin-app-react';
import { describeError, EmptyState, ErrorState, LoadingState } from '@leitstand/plugin-kit-react';
import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { LogoMark } from '../brand/LogoMark';
import { useDocumentTitle } from '../layout/useDocumentTitle';
import { appTranslationRef } from '../translation';
import type { SignInProvider } from './signInProviders';
import { useSignIn } from './useSignIn';

/** The door: one button for each way that the configuration offers. */
export function SignInPage(props: SignInPageProps) {
  const { t } = useTranslationRef(appTranslationRef);
  const appTitle = useDocumentTitle(t('signIn.title'));
  const { providers, state, signIn } = useSignIn(props.onSignInSuccess);
  return (
    <Box
      component="main"
      sx={{ minHeight: '100vh', display: 'grid', placeItems: 'center', padding: 2, boxSizing: 'border-box' }}
    >
      <Paper variant="outlined" sx={{ width: '100%', maxWidth: 400, overflow: 'hidden' }}>
        <Box
          sx={{
            display: 'flex',
            alignItems: 'center',
            gap: 1.5,
            padding: '20px 24px',
            bgcolor: 'navigation.background',
            color: 'navigation.selectedColor',
          }}
        >
          <LogoMark sizePx={32} />
          <Typography variant="h2" component="h1">
            {appTitle}
          </Typography>
        </Box>
        <Box sx={{ padding: 3, display: 'flex', flexDirection: 'column', gap: 2 }}>
          <Typography color="text.secondary">{t('signIn.purpose')}</Typography>
          {state.step === 'failed' && <SignInFailure error={state.error} />}
          {state.step === 'unknownPerson' && <Alert severity="error">{t('signIn.noIdentity')}</Alert>}
          {state.step === 'resuming' && <LoadingState lines={2} label={t('signIn.loading')} />}
          {state.step !== 'resuming' &&
            providers.map((provider, index) => (
              <ProviderButton
                key={provider.id}
                provider={provider}
                isFirst={index === 0}
                isWaiting={state.step === 'waiting'}
                onSignIn={() => void signIn(provider)}
              />
            ))}
          {state.step !== 'resuming' && providers.length === 0 && (
            <EmptyState title={t('signIn.none')} advice={t('signIn.noneAdvice')} />
          )}
        </Box>
      </Paper>
    </Box>
  );
}

/** What the provider and the popup say is text only, without a name that would tell what it means: it is shown as it is. */
function SignInFailure(props: { error: unknown }) {
  const { t } = useTranslationRef(appTranslationRef);
  const isKnown = describeError(props.error).kind !== 'unexpected';
  if (isKnown || !(props.error instanceof Error)) return <ErrorState error={props.error} />;
  return (
    <Alert severity="error">
      <AlertTitle>{t('signIn.failed')}</AlertTitle>
      {props.error.message}
    </Alert>
  );
}

function ProviderButton(props: {
  provider: SignInProvider;
  isFirst: boolean;
  isWaiting: boolean;
  onSignIn: () => void;
}) {
  const { t } = useTranslationRef(appTranslationRef);
  const isGuest = props.provider.id === 'guest';
  return (
    <Box>
      <Button
        fullWidth
        size="large"
        variant={props.isFirst ? 'contained' : 'outlined'}
        disabled={props.isWaiting}
        onClick={props.onSignIn}
      >
        {isGuest
          ? t('signIn.guest')
          : t('signIn.oidc', { title: props.provider.title ?? t('signIn.oidcDefaultTitle') })}
      </Button>
      {isGuest && (
        <Typography variant="caption" component="p" color="text.secondary" sx={{ marginTop: 1 }}>
          {t('signIn.guestNote')}
        </Typography>
      )}
    </Box>
  );
}
