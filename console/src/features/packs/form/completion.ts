/// Suggesting facts while an expression is typed.
import type { PackFact } from '../../../api/types';

export interface Word {
  from: number;
  text: string;
}

/// The word that ends at the caret: part of the name of a fact, or of its label.
export function wordAt(text: string, caret: number): Word {
  const found = /[\p{L}\p{N}_.]*$/u.exec(text.slice(0, caret))?.[0] ?? '';
  return { from: caret - found.length, text: found };
}

const most = 8;

/// Facts whose name or label holds the word; those that begin with it come first.
export function suggested(facts: PackFact[], word: string): PackFact[] {
  const wanted = word.toLowerCase();
  if (wanted.length < 2 && /^[\x20-\x7e]*$/.test(wanted)) return [];
  const rank = (fact: PackFact) => {
    if (fact.name === wanted) return -1;
    const told = [fact.name, fact.label.zh, fact.label.en.toLowerCase()];
    const places = told.map((one) => one.indexOf(wanted)).filter((place) => place >= 0);
    return places.length === 0 ? Number.POSITIVE_INFINITY : Math.min(...places);
  };
  const ranked = facts.map((fact) => ({ fact, at: rank(fact) })).filter(({ at }) => Number.isFinite(at));
  // What is written out already needs no suggestion.
  if (ranked.some(({ at }) => at === -1)) return [];
  ranked.sort((one, other) => one.at - other.at);
  return ranked.slice(0, most).map(({ fact }) => fact);
}

export function completed(text: string, caret: number, name: string): { text: string; caret: number } {
  const word = wordAt(text, caret);
  const before = text.slice(0, word.from) + name;
  return { text: before + text.slice(caret), caret: before.length };
}

/// The facts that an expression looks at, each once.
export function factsIn(text: string, facts: PackFact[]): PackFact[] {
  const bare = text.replace(/"[^"]*"|'[^']*'/g, ' ');
  const names = new Set(bare.match(/[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)+/g) ?? []);
  return facts.filter((fact) => names.has(fact.name));
}
