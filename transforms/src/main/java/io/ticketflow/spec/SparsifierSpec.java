package io.ticketflow.spec;

import static io.ticketflow.spec.UserException.check;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How the mask changes while a network is trained. The density that is reached is the cycle's, over
 * the layers as {@code pruning.scope} says.
 *
 * @param name the rule
 * @param shared whether the mask changes between segments of the training instead of inside it:
 *     particles train a segment each under one mask, and their mean decides the next
 * @param segments of a shared mask: how often it changes
 * @param begin fraction of the training before which the mask stays as it is
 * @param end fraction of the training after which the density, and all masks but DPF's, are fixed
 * @param lastChange fraction of the training after which DPF's mask no longer follows its weights
 * @param interval steps between changes; 0 = an epoch's; under ISP those before the first change,
 *     which grow by as many from change to change, and 0 = a tenth of an epoch's
 * @param fraction of a layer's kept entries that SET and RigL drop at first
 * @param decay how that fraction falls until {@code end}
 * @param grown what entries that SET and RigL grow begin at
 * @param phaseEpochs epochs of each of AC/DC's sparse and dense phases; 0 = a tenth of all
 * @param lookAhead copies whose masks ISP unites with the network's own
 */
public record SparsifierSpec(
    Name name,
    boolean shared,
    int segments,
    double begin,
    double end,
    double lastChange,
    int interval,
    double fraction,
    Decay decay,
    Grown grown,
    int phaseEpochs,
    LookAheadSpec lookAhead) {
  /** How the fraction of entries that are exchanged falls. */
  public enum Decay {
    /** To 0 along half a cosine (Evci et al. 2020). */
    COSINE,
    /** Not at all (Mocanu et al. 2018). */
    CONSTANT
  }

  /** What an entry that grows begins at. */
  public enum Grown {
    ZERO,
    /** Draws of {@link ModelSpec.Initialisation}'s distributions. */
    HE,
    GLOROT,
    PYTORCH;

    /** The distribution, if it is drawn. */
    public Optional<ModelSpec.Initialisation> distribution() {
      return this == ZERO
          ? Optional.empty()
          : Optional.of(ModelSpec.Initialisation.valueOf(name()));
    }
  }

  /** The rules there are. */
  public enum Name {
    /** The mask that the training begins with. */
    STATIC(),
    /** Gradual magnitude pruning along a cubic ramp (Zhu and Gupta 2018). */
    GMP(Trait.SHAREABLE),
    /** Sparse evolutionary training: drop the smallest, grow at random (Mocanu et al. 2018). */
    SET(Trait.SHAREABLE, Trait.REGROWS),
    /** Drop the smallest, grow where the dense gradient is largest (Evci et al. 2020). */
    RIGL(Trait.SHAREABLE, Trait.REGROWS, Trait.GROWS_BY_GRADIENT),
    /** Alternating compressed and decompressed phases (Peste et al. 2021). */
    ACDC(Trait.PHASES),
    /** Dense weights under a mask that is made anew again and again (Lin et al. 2020). */
    DPF(Trait.SHAREABLE, Trait.KEEPS_DENSE),
    /** Progressive pruning by masks that copies denoise (Jaiswal et al. 2023). */
    ISP(Trait.LOOKS_AHEAD);

    @SuppressWarnings("ImmutableEnumChecker") // the set is
    private final Set<Trait> traits;

    Name(Trait... traits) {
      this.traits = Set.of(traits);
    }

    /** Whether dense weights behind the sparse network are trained on. */
    public boolean keepsDense() {
      return traits.contains(Trait.KEEPS_DENSE);
    }

    /** Whether what grows is decided by the dense gradient. */
    public boolean growsByGradient() {
      return traits.contains(Trait.GROWS_BY_GRADIENT);
    }

    /** Whether weights are dropped and as many grow: the density stays. */
    public boolean regrows() {
      return traits.contains(Trait.REGROWS);
    }

    /** Whether whole epochs are dense or sparse by turns. */
    public boolean hasPhases() {
      return traits.contains(Trait.PHASES);
    }

    /** Whether copies of the network are trained ahead before a change. */
    public boolean looksAhead() {
      return traits.contains(Trait.LOOKS_AHEAD);
    }

    /** Whether the rule can change a mask that particles share, between segments. */
    public boolean isShareable() {
      return traits.contains(Trait.SHAREABLE);
    }
  }

  /** What tells rules apart. */
  private enum Trait {
    SHAREABLE,
    REGROWS,
    GROWS_BY_GRADIENT,
    KEEPS_DENSE,
    PHASES,
    LOOKS_AHEAD
  }

  /** A mask that stays. */
  public static final SparsifierSpec NONE =
      new SparsifierSpec(Name.STATIC, false, 1, 0, 0.75, 1, 100, 0.3, Decay.COSINE, Grown.ZERO, 5);

  public SparsifierSpec {
    String at = "training.sparsifier.";
    check(segments >= 1 && segments <= 1000, at + "segments", "from 1 to 1000", segments);
    check(begin >= 0 && begin < 1, at + "begin", "in [0, 1)", begin);
    check(end > begin && end <= 1, at + "end", "above begin and at most 1", end);
    check(
        lastChange > 0 && lastChange <= 1, at + "lastChange", "above 0 and at most 1", lastChange);
    check(interval >= 0, at + "interval", "at least 0", interval);
    check(fraction > 0 && fraction < 1, at + "fraction", "above 0 and below 1", fraction);
    check(phaseEpochs >= 0, at + "phaseEpochs", "at least 0", phaseEpochs);
    check(
        !shared || name.isShareable(),
        at + "shared",
        "false unless the sparsifier is "
            + Arrays.stream(Name.values())
                .filter(Name::isShareable)
                .map(each -> each.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", ")),
        shared);
  }

  /** A rule without copies that look ahead. */
  public SparsifierSpec(
      Name name,
      boolean shared,
      int segments,
      double begin,
      double end,
      double lastChange,
      int interval,
      double fraction,
      Decay decay,
      Grown grown,
      int phaseEpochs) {
    this(
        name,
        shared,
        segments,
        begin,
        end,
        lastChange,
        interval,
        fraction,
        decay,
        grown,
        phaseEpochs,
        LookAheadSpec.NONE);
  }

  /** The same rule with an interval in steps. */
  public SparsifierSpec inSteps(long stepsPerEpoch) {
    long steps = name.looksAhead() ? Math.max(1, Math.round(stepsPerEpoch / 10.0)) : stepsPerEpoch;
    return interval > 0 ? this : with(Math.toIntExact(steps), lookAhead);
  }

  /** The same rule without settings of a look-ahead that there is not. */
  SparsifierSpec effective() {
    return name.looksAhead() && lookAhead.copies() > 0 ? this : with(interval, LookAheadSpec.NONE);
  }

  /** The same rule with those copies. */
  public SparsifierSpec with(LookAheadSpec other) {
    return with(interval, other);
  }

  private SparsifierSpec with(int newInterval, LookAheadSpec newLookAhead) {
    return new SparsifierSpec(
        name,
        shared,
        segments,
        begin,
        end,
        lastChange,
        newInterval,
        fraction,
        decay,
        grown,
        phaseEpochs,
        newLookAhead);
  }

  /** Whether the mask changes inside a training. */
  public boolean isInside() {
    return name != Name.STATIC && !shared;
  }

  /**
   * Whether a training starts from a random mask of its density, which keeps its layers' counts.
   */
  public boolean regrows() {
    return name.regrows();
  }

  void idle(IdleKeys keys) {
    String at = "training.sparsifier.";
    String because = "the mask does not change inside a training";
    boolean phases = name.hasPhases();
    keys.none(!shared, at + "segments", "training.sparsifier.shared is false")
        .none(name == Name.STATIC, at + "begin", because)
        .none(name == Name.STATIC, at + "end", "training.sparsifier.name is static")
        .none(
            !isInside() || !name.keepsDense(),
            at + "lastChange",
            "only the mask of dpf follows weights that are pruned")
        .none(name == Name.STATIC, at + "interval", because)
        .none(phases, at + "interval", "acdc changes masks by training.sparsifier.phaseEpochs")
        .none(!regrows(), at + "fraction", "only set and rigl exchange weights")
        .none(!regrows(), at + "decay", "only set and rigl exchange weights")
        .none(!regrows(), at + "grown", "only set and rigl exchange weights")
        .none(!phases, at + "phaseEpochs", "only acdc has phases");
    lookAhead.idle(keys, name.looksAhead());
  }
}
