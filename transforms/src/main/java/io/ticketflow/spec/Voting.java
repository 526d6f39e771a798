package io.ticketflow.spec;

/** Whose weights decide a cycle's next mask. */
public enum Voting {
  /** The merged network's. */
  MEAN,
  /** The particles': what any of them would keep comes first. */
  UNION,
  /** The particles': what all of them would keep comes first. */
  INTERSECTION,
  /** The particles': what more than half of them would keep comes first. */
  MAJORITY
}
