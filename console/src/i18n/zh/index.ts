/// The Chinese catalogue, put together from one file per area. It defines the keys.
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

export const zh = {
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
