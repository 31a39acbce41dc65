/// The one search box (Ctrl+K or /): a customer by anything known of it, or a place to go.
import { SearchOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Input, type InputRef, Spin } from 'antd';
import { useEffect, useId, useRef, useState } from 'react';
import { findCustomers } from '../features/customers/queries';
import { rememberSearch } from '../features/customers/searches';
import { useLocalization } from '../i18n';
import { type Suggestion, useCommands } from './commands';
import { useHotkeys } from './hotkeys';
import { usePermission } from './permission';

const pauseMilliseconds = 200;

function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text.trim()), pauseMilliseconds);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}

function useSuggestions(text: string) {
  const { t } = useLocalization();
  const navigate = useNavigate();
  const mayRead = usePermission('read_customers');
  const settled = useSettled(text);
  const commands = useCommands(text);
  const found = useQuery({
    // The text is kept out of the query key's lifetime: it is dropped as soon as the box is left.
    queryKey: ['search-box', settled],
    queryFn: () => findCustomers({ text: settled, by: 'auto' }, undefined, 8),
    enabled: mayRead && settled !== '',
    gcTime: 0,
  });
  const customers: Suggestion[] = (settled === '' ? [] : (found.data?.items ?? [])).map((row) => ({
    name: row.number,
    label: row.name,
    hint: [row.number, row.id_number ?? row.mobile].filter(Boolean).join(' · '),
    go: () => void navigate({ to: '/customers/$number', params: { number: row.number }, search: {} }),
  }));
  const everything: Suggestion = {
    name: 'all',
    label: t('shell.search_all'),
    hint: found.data ? String(found.data.count.value) + (found.data.count.exact ? '' : '+') : '',
    go: () =>
      void navigate({
        to: '/customers',
        search: { search: rememberSearch({ text: text.trim(), by: 'auto' }) },
      }),
  };
  const list = text.trim() === '' ? commands : [...customers, ...(mayRead ? [everything] : []), ...commands];
  return { list, isFetching: found.isFetching };
}

export function SearchBox() {
  const { t } = useLocalization();
  const input = useRef<InputRef>(null);
  const listId = useId();
  const [text, setText] = useState('');
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const { list, isFetching } = useSuggestions(text);

  function focus(): void {
    input.current?.focus({ cursor: 'all' });
    setOpen(true);
  }
  function leave(): void {
    setOpen(false);
    setText('');
    input.current?.blur();
  }
  function choose(suggestion: Suggestion | undefined): void {
    suggestion?.go();
    leave();
  }
  function onKeyDown(event: React.KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown') setActive((index) => Math.min(list.length - 1, index + 1));
    else if (event.key === 'ArrowUp') setActive((index) => Math.max(0, index - 1));
    else if (event.key === 'Enter') choose(list[active]);
    else if (event.key === 'Escape') leave();
    else return;
    event.preventDefault();
  }
  useHotkeys({ '/': focus });
  useEffect(() => {
    function onControlK(event: KeyboardEvent): void {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'k') return;
      event.preventDefault();
      input.current?.focus({ cursor: 'all' });
      setOpen(true);
    }
    window.addEventListener('keydown', onControlK);
    return () => window.removeEventListener('keydown', onControlK);
  }, []);

  return (
    <search className="search-box">
      <Input
        ref={input}
        value={text}
        data-test="search-box"
        prefix={isFetching ? <Spin size="small" /> : <SearchOutlined />}
        suffix={<kbd>Ctrl K</kbd>}
        placeholder={t('shell.search_placeholder')}
        aria-label={t('shell.search_placeholder')}
        role="combobox"
        aria-expanded={open}
        aria-controls={listId}
        aria-activedescendant={open && list.length > 0 ? `${listId}-${active}` : undefined}
        autoComplete="off"
        onChange={(event) => {
          setText(event.target.value);
          setActive(0);
          setOpen(true);
        }}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={onKeyDown}
      />
      <div
        id={listId}
        role="listbox"
        className={open ? 'suggestions' : 'suggestions closed'}
        aria-label={t('shell.suggestions')}
        tabIndex={-1}
      >
        {list.map((suggestion, index) => (
          <div
            key={suggestion.name}
            id={`${listId}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            className={index === active ? 'suggestion active' : 'suggestion'}
            // The press comes before the blur, which would close the list.
            onMouseDown={(event) => {
              event.preventDefault();
              choose(suggestion);
            }}
          >
            <span>{suggestion.label}</span>
            <span className="soft">{suggestion.hint}</span>
          </div>
        ))}
      </div>
    </search>
  );
}
