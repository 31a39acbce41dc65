/// The cases of the queue, two lines each; only those in sight exist in the page.
import { useVirtualizer } from '@tanstack/react-virtual';
import { Tag } from 'antd';
import { useEffect, useId, useRef } from 'react';
import type { Review } from '../../api/types';
import { useLocalization } from '../../i18n';
import type { Queue } from './use-queue';

const lineHeight = 58;

function Marks({ review, isSettled }: { review: Review; isSettled: boolean }) {
  const { t } = useLocalization();
  if (isSettled) return <Tag color="success">{t('resolution.settled')}</Tag>;
  return (
    <>
      {review.claim && (
        <Tag color={review.claim.mine ? 'blue' : undefined}>
          {review.claim.mine ? t('resolution.mine') : t('resolution.held_by', { by: review.claim.by })}
        </Tag>
      )}
      {review.returned && review.state === 'open' && <Tag color="warning">{t('resolution.sent_back')}</Tag>}
      {review.verdict && (
        <Tag>{t(review.verdict === 'same' ? 'resolution.same' : 'resolution.different')}</Tag>
      )}
    </>
  );
}

function Line({ review, isSettled }: { review: Review; isSettled: boolean }) {
  const { t, pick, day, number } = useLocalization();
  return (
    <>
      <div className="case-names">
        <b>{review.left.name || '—'}</b> · <b>{review.right.name || '—'}</b>
      </div>
      <div className="case-facts">
        <span className="soft" title={pick(review.reason.text)}>
          {review.bits == null
            ? pick(review.reason.text)
            : t('resolution.bits_of', { bits: number(Math.round(review.bits * 10) / 10) })}
        </span>
        <span className="case-marks">
          <Marks review={review} isSettled={isSettled} />
          <span className="soft">{day(review.opened_at)}</span>
        </span>
      </div>
    </>
  );
}

export function CaseList({ queue, label }: { queue: Queue; label: string }) {
  const { t } = useLocalization();
  const scroller = useRef<HTMLDivElement>(null);
  const id = useId();
  const { window, snapshot, active, current, settled } = queue;
  const virtual = useVirtualizer({
    count: snapshot.known + (snapshot.complete ? 0 : 1),
    getScrollElement: () => scroller.current,
    estimateSize: () => lineHeight,
    overscan: 10,
  });
  const lines = virtual.getVirtualItems();
  const first = lines[0]?.index ?? 0;
  const last = lines[lines.length - 1]?.index ?? 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new version may need the next page
  useEffect(() => window.ensure(first, last), [window, first, last, snapshot.version]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another case scrolls the list
  useEffect(() => virtual.scrollToIndex(active), [active, window]);
  return (
    <div
      className="case-list"
      role="listbox"
      aria-label={label}
      aria-activedescendant={`${id}-${active}`}
      tabIndex={0}
      ref={scroller}
    >
      <div role="presentation" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {lines.map((line) => {
          const review = line.index < snapshot.known ? window.row(line.index) : undefined;
          // A case that was asked for by its number is marked where it stands, if it stands here.
          const isActive = review ? review.id === current : line.index === active;
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the page itself answers the keyboard
            <div
              key={line.index}
              id={`${id}-${line.index}`}
              role="option"
              tabIndex={-1}
              aria-selected={isActive}
              aria-posinset={line.index + 1}
              aria-setsize={snapshot.complete ? snapshot.known : -1}
              className={isActive ? 'case-line active' : 'case-line'}
              style={{ transform: `translateY(${line.start}px)`, height: lineHeight }}
              onClick={() => queue.choose(line.index)}
            >
              {review ? <Line review={review} isSettled={settled.has(review.id)} /> : t('shell.loading')}
            </div>
          );
        })}
      </div>
    </div>
  );
}
