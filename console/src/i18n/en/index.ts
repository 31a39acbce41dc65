/// The English catalogue. Its type is that of the Chinese one, so a missing or surplus key does not compile.
import type { zh } from '../zh';
import { audit } from './audit';
import { authenticity } from './authenticity';
import { customers } from './customers';
import { intake } from './intake';
import { linkage } from './linkage';
import { network } from './network';
import { overview } from './overview';
import { packFields } from './pack-fields';
import { packs } from './packs';
import { resolution } from './resolution';
import { session } from './session';
import { shell } from './shell';

export type Catalogue = Record<keyof typeof zh, string>;

export const en: Catalogue = {
  ...shell,
  ...session,
  ...network,
  ...overview,
  ...customers,
  ...intake,
  ...resolution,
  ...linkage,
  ...packs,
  ...packFields,
  ...audit,
  ...authenticity,
};
