/// What an entry is about, as a way to it where there is a page for it.
import { Link } from '@tanstack/react-router';
import type { AuditWords } from './words';

export function Subject({ subject, words }: { subject: string; words: AuditWords }) {
  const [kind, name] = words.subject(subject);
  const text = <span className="mono">{name}</span>;
  if (subject.startsWith('customer/')) {
    return (
      <>
        {kind}{' '}
        <Link to="/customers/$number" params={{ number: name }} search={{}} tabIndex={-1}>
          {text}
        </Link>
      </>
    );
  }
  if (subject.startsWith('batch/')) {
    return (
      <>
        {kind}{' '}
        <Link to="/intake/batches/$id" params={{ id: name }} tabIndex={-1}>
          {text}
        </Link>
      </>
    );
  }
  if (subject.startsWith('pack_edition/')) {
    return (
      <>
        {kind}{' '}
        <Link to="/packs/editions/$id" params={{ id: name }} tabIndex={-1}>
          {text}
        </Link>
      </>
    );
  }
  if (subject.startsWith('linkage_run/')) {
    return (
      <>
        {kind}{' '}
        <Link to="/linkage/runs/$id" params={{ id: name }} tabIndex={-1}>
          {text}
        </Link>
      </>
    );
  }
  return (
    <>
      {kind} {text}
    </>
  );
}
