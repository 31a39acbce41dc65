/// Sign-in (登录). After an expired session it leads back to where one was.
import { useMutation } from '@tanstack/react-query';
import { useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { Alert, Button, Form, Input } from 'antd';
import { useEffect } from 'react';
import { answer, client } from '../../api/client';
import { asProblem } from '../../api/problem';
import { queryClient } from '../../api/queries';
import { useLocalization } from '../../i18n';
import { BrightnessSwitch, LanguageSwitch } from '../../shell/account';

interface Credentials {
  name: string;
  password: string;
}

/// Only an address of this console is a way back; anything else could lead to a stranger.
function wayBack(back: string | undefined): string {
  return back && /^\/(?!\/)/.test(back) && !back.startsWith('/sign-in') ? back : '/';
}

function useSignIn() {
  const navigate = useNavigate();
  const router = useRouter();
  const { back } = useSearch({ from: '/sign-in' });
  return useMutation({
    mutationFn: (body: Credentials) => answer(client.POST('/api/v1/sessions', { body })),
    onSuccess: async () => {
      queryClient.clear();
      await router.invalidate();
      await navigate({ href: wayBack(back), replace: true });
    },
  });
}

export function SignInPage() {
  const { t, pick } = useLocalization();
  const { expired } = useSearch({ from: '/sign-in' });
  const signIn = useSignIn();
  useEffect(() => {
    document.title = `${t('session.sign_in')} · ${t('shell.brand')}`;
  }, [t]);
  return (
    <main className="sign-in">
      <div className="sign-in-switches">
        <LanguageSwitch />
        <BrightnessSwitch />
      </div>
      <div className="sign-in-card">
        <img src="/mark.svg" alt="" width={44} height={44} />
        <h1>{t('shell.brand')}</h1>
        <p className="soft">{t('session.what')}</p>
        {expired && !signIn.error && <Alert type="info" showIcon title={t('session.expired')} />}
        {signIn.error && (
          <Alert
            type="error"
            showIcon
            data-test="refused"
            title={<span role="alert">{pick(asProblem(signIn.error).title)}</span>}
            description={<code>{asProblem(signIn.error).code}</code>}
          />
        )}
        <Form<Credentials>
          layout="vertical"
          requiredMark={false}
          onFinish={(values) => signIn.mutate(values)}
        >
          <Form.Item
            name="name"
            label={t('session.name')}
            rules={[{ required: true, message: t('session.name_needed') }]}
          >
            <Input autoFocus autoComplete="username" />
          </Form.Item>
          <Form.Item
            name="password"
            label={t('session.password')}
            rules={[{ required: true, message: t('session.password_needed') }]}
          >
            <Input.Password autoComplete="current-password" />
          </Form.Item>
          <Button type="primary" htmlType="submit" block loading={signIn.isPending} data-test="sign-in">
            {t('session.sign_in')}
          </Button>
        </Form>
      </div>
    </main>
  );
}
