/** A claim that one experiment is better than another on the same test data. */
export interface BetterClaim {
  /** The claim in a sentence, e.g. `BPR is better than the pointwise loss`. */
  readonly statement: string;
  /** Name of the experiment that is said to be better. */
  readonly better: string;
  /** Name of the experiment that it is said to be better than. */
  readonly than: string;
  /** Name of a metric of both. */
  readonly metric: string;
  /** The figures that the write-up prints for both, as printed. */
  readonly published?: readonly [better: string, than: string];
  /** Where the claim is made, e.g. `Table 1`, or why it is tested on other data. */
  readonly source?: string;
}

/** A claim that an experiment reaches a figure. */
export interface FigureClaim {
  /** What the figure is, e.g. `AUC of the untrained model`. */
  readonly statement: string;
  readonly experiment: string;
  /** Name of a metric of the experiment. */
  readonly metric: string;
  /** The figure as printed: its digits say how it was rounded. */
  readonly figure: string;
  /** `at least` for a lower bound. Default `equal`. */
  readonly bound?: 'equal' | 'at least';
  /** Part that it was measured on. Default `test`. */
  readonly part?: 'validation' | 'test';
  /** Where the figure is printed. */
  readonly source?: string;
}

/** A claim that a report tests. */
export type Claim = BetterClaim | FigureClaim;

/** The claims of one publication. */
export interface ClaimGroup {
  /** Title of the publication, or what the claims have in common. */
  readonly title: string;
  /** Address of the publication. */
  readonly link?: string;
  /** Folder of experiments whose published values belong to it, e.g. `talk`. */
  readonly folder?: string;
  readonly claims: readonly Claim[];
}

/** Whether a claim compares two experiments. */
export const isBetterClaim = (claim: Claim): claim is BetterClaim => 'better' in claim;

/** Names of the experiments that a claim is about. */
export const listClaimExperiments = (claim: Claim): string[] =>
  isBetterClaim(claim) ? [claim.better, claim.than] : [claim.experiment];
