/// Keys that work anywhere on a page, except while something is being typed.
import { useEffect, useRef } from 'react';

export type Hotkeys = Record<string, (event: KeyboardEvent) => void>;

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

/// An open dialog or masked drawer owns the keyboard; a drawer beside a list does not.
function isCovered(): boolean {
  const covers = document.querySelectorAll('.ant-modal-wrap, .ant-drawer-mask');
  return [...covers].some((cover) => cover.checkVisibility());
}

export function useHotkeys(hotkeys: Hotkeys): void {
  const latest = useRef(hotkeys);
  latest.current = hotkeys;
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      if (isTyping(event.target) || isCovered()) return;
      const action = latest.current[event.key];
      if (!action) return;
      event.preventDefault();
      action(event);
    }
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}
