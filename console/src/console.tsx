/// What stands around every page: language, appearance, server answers, routes.
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useEffect } from 'react';
import { onSessionExpired } from './api/client';
import { queryClient, sessionQuery } from './api/queries';
import { LocalizationProvider } from './i18n';
import { router } from './routes';
import { AppearanceProvider } from './shell/appearance';
import { forgetWindows } from './shell/list/window';

/// An expired session ends at the sign-in page, which leads back to where one was.
function returnToSignIn(): void {
  const wasSignedIn = queryClient.getQueryData(sessionQuery.queryKey) !== undefined;
  queryClient.removeQueries({ queryKey: sessionQuery.queryKey });
  forgetWindows();
  const { pathname, href } = router.state.location;
  if (pathname !== '/sign-in')
    void router.navigate({ to: '/sign-in', search: { back: href, expired: wasSignedIn || undefined } });
}

export function Console() {
  useEffect(() => onSessionExpired(returnToSignIn), []);
  return (
    <QueryClientProvider client={queryClient}>
      <LocalizationProvider>
        <AppearanceProvider>
          <RouterProvider router={router} />
        </AppearanceProvider>
      </LocalizationProvider>
    </QueryClientProvider>
  );
}
