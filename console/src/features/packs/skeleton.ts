/// The files of a pack that begins with nothing (新规则包).

export interface NewPack {
  id: string;
  zh: string;
  en: string;
  layer: string;
  branch?: string;
  /// The first day, as `2026-01-31`.
  from: string;
  /// The title of what it implements.
  source: string;
}

/// What JSON writes is a basic string of TOML too.
const written = (text: string) => JSON.stringify(text);

export function filesOf({ id, zh, en, layer, branch, from, source }: NewPack): Record<string, string> {
  const head = [
    `id = ${written(id)}`,
    'version = "1"',
    `layer = ${written(layer)}`,
    ...(layer === 'branch' && branch ? [`branch = ${written(branch)}`] : []),
    `effective_from = ${from}`,
    `label = { zh = ${written(zh)}, en = ${written(en)} }`,
    'files = ["rules.toml"]',
    '',
    '[[source]]',
    'id = "own"',
    `title = ${written(source)}`,
    'confidence = "read"',
  ];
  return { 'pack.toml': `${head.join('\n')}\n`, 'rules.toml': '' };
}
