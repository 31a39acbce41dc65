/// The head that all pages share: title, a sentence or chips, actions on the right.
import { type ReactNode, useEffect } from 'react';
import { useLocalization } from '../i18n';

interface PageProperties {
  title: string;
  lead?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  /// Lists fill the height of the window instead of growing with their rows.
  filling?: boolean;
}

export function Page({ title, lead, actions, children, filling }: PageProperties) {
  const { t } = useLocalization();
  useEffect(() => {
    document.title = `${title} · ${t('shell.brand')}`;
  }, [title, t]);
  return (
    <div className={filling ? 'page filling' : 'page'}>
      <header className="page-head">
        <div>
          <h1>{title}</h1>
          {lead && <div className="soft">{lead}</div>}
        </div>
        {actions && <div className="page-actions">{actions}</div>}
      </header>
      {children}
    </div>
  );
}

/// A surface with a heading.
export function Panel({
  title,
  extra,
  children,
}: {
  title?: ReactNode;
  extra?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className="panel">
      {(title || extra) && (
        <div className="panel-head">
          <h2>{title}</h2>
          {extra}
        </div>
      )}
      {children}
    </section>
  );
}
