/// What every field of a form may need to know of the pack around it.
import { createContext, useContext } from 'react';
import type { PackFact, PackSource } from '../../../api/types';
import type { Json } from '../json';

export interface Surroundings {
  facts: PackFact[];
  sources: PackSource[];
  isReadOnly: boolean;
}

const SurroundingsContext = createContext<Surroundings>({ facts: [], sources: [], isReadOnly: true });

export const SurroundingsProvider = SurroundingsContext;

export function useSurroundings(): Surroundings {
  return useContext(SurroundingsContext);
}

/// What a field shows and how it says that something else is wanted; nothing takes the value away.
export interface Editing<Value extends Json = Json> {
  value: Value | undefined;
  label: string;
  /// In a row of a table rather than below a label of its own.
  compact?: boolean;
  onChange: (value: Json | undefined) => void;
}
