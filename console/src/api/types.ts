/// Short names for the generated wire types. Nothing here is typed by hand: change the server, run `npm run generate`.
import type { components } from './schema';

type Schemas = components['schemas'];
export type Text = Schemas['Text'];
export type Problem = Schemas['Problem'];
export type Session = Schemas['Session'];
export type Permission = Session['permissions'][number];
export type Attribute = Schemas['Attribute'];
export type Dictionary = Schemas['Dictionary'];
export type Overview = Schemas['Overview'];
export type Source = Schemas['Source'];
export type NewSource = Schemas['NewSource'];
export type Mapping = Schemas['Mapping'];
export type NewMapping = Schemas['NewMapping'];
export type Upload = Schemas['Upload'];
export type Preview = Schemas['Preview'];
export type PreviewRequest = Schemas['PreviewRequest'];
export type Batch = Schemas['Batch'];
export type NewBatch = Schemas['NewBatch'];
export type RowProblem = Schemas['RowProblem'];
export type QuarantineRow = Schemas['QuarantineRow'];
export type CorrectionReport = Schemas['CorrectionReport'];
export type Outcome = Schemas['Outcome'];
export type CustomerRow = Schemas['CustomerRow'];
export type CustomerSearch = Schemas['CustomerSearch'];
export type CustomerView = Schemas['CustomerView'];
export type ViewValue = Schemas['ViewValue'];
export type Candidate = Schemas['Candidate'];
export type Provenance = Schemas['Provenance'];
export type PartyRecord = Schemas['Record'];
export type RecordValue = Schemas['RecordValue'];
export type TimelineEntry = Schemas['TimelineEntry'];
export type Difference = Schemas['Difference'];
export type NewDisclosure = Schemas['NewDisclosure'];
export type Network = Schemas['Network'];
export type NetworkCustomer = Schemas['NetworkCustomer'];
export type SharedContact = Schemas['SharedContact'];
export type Household = Schemas['Household'];
export type Merge = Schemas['Merge'];
export type MergeOutcome = Schemas['MergeOutcome'];
export type Split = Schemas['Split'];
export type SplitPreview = Schemas['SplitPreview'];
export type SplitPart = Schemas['SplitPart'];
export type Review = Schemas['Review'];
export type ReviewCounts = Schemas['ReviewCounts'];
export type ReviewRemark = Schemas['ReviewRemark'];
export type Reason = Schemas['Reason'];
export type Evidence = Schemas['Evidence'];
export type LinkageFamily = Schemas['LinkageFamily'];
export type LinkageModel = Schemas['LinkageModel'];
export type LinkageField = Schemas['LinkageField'];
export type LinkageLevel = Schemas['LinkageLevel'];
export type LinkageRun = Schemas['LinkageRun'];
export type LinkageFigures = Schemas['LinkageFigures'];
export type LinkageChange = Schemas['LinkageChange'];
export type ChangedCustomer = Schemas['ChangedCustomer'];
export type ClusterSizes = Schemas['ClusterSizes'];
export type ThresholdPoint = Schemas['ThresholdPoint'];
export type AuditEntry = Schemas['AuditEntry'];
export type Count = Schemas['Count'];
export type SavedView = Schemas['SavedView'];
export type NewSavedView = Schemas['NewSavedView'];

/// One keyset page: the cursor is opaque, the count says itself whether it is exact.
export interface Page<Item> {
  items: Item[];
  next?: string | null;
  count: Count;
}
export type IdentifierQuestion = Schemas['IdentifierQuestion'];
export type CheckedIdentifier = Schemas['CheckedIdentifier'];
export type NamesQuestion = Schemas['NamesQuestion'];
export type ComparedNames = Schemas['ComparedNames'];
export type AddressQuestion = Schemas['AddressQuestion'];
export type ParsedAddress = Schemas['ParsedAddress'];
export type PackEdition = Schemas['PackEdition'];
export type PackEditionDetail = Schemas['PackEditionDetail'];
export type PackSource = Schemas['PackSource'];
export type PackCheck = Schemas['PackCheck'];
export type PackProblem = Schemas['PackProblem'];
export type PackFact = Schemas['PackFact'];
export type PackDifference = Schemas['PackDifference'];
export type RuleInForce = Schemas['RuleInForce'];
export type Movement = Schemas['Move'];
export type VerdictReason = Schemas['VerdictReason'];

/// What a rule says. The document gives this name to the verdict of a review too and describes only that one, so what
/// holds one is put together here.
export interface Verdict {
  outcome: string;
  total?: string | null;
  reasons?: VerdictReason[];
  missing?: string[];
}
export type RuleJudgement = Verdict & { rule: string; kind: string; label: Text; pack: string };
export type RuleDecision = Omit<Schemas['RuleDecision'], 'judgements'> & { judgements: RuleJudgement[] };
export interface Replay {
  same: boolean;
  today: RuleJudgement[];
}
export interface MovedCustomer {
  customer: string;
  before?: Verdict | null;
  after?: Verdict | null;
}
export type MovedRule = Omit<Schemas['Moved'], 'sampled'> & { sampled: MovedCustomer[] };
export type Backtest = Omit<Schemas['Backtest'], 'result'> & {
  result?: { customers: number; rules: MovedRule[] } | null;
};
