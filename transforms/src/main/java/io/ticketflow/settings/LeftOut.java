package io.ticketflow.settings;

import io.ticketflow.spec.DataSpec;
import io.ticketflow.spec.DecoupledSpec;
import io.ticketflow.spec.EngineName;
import io.ticketflow.spec.LookAheadSpec;
import io.ticketflow.spec.MeasureSpec;
import io.ticketflow.spec.MergingSpec;
import io.ticketflow.spec.PerturbedSpec;
import io.ticketflow.spec.TicketsSpec;
import io.ticketflow.spec.Together;
import io.ticketflow.spec.TrainingSpec;
import io.ticketflow.spec.Voting;

/**
 * Values that a specification's text does not say: what Jackson leaves out is equal to an object of
 * such a class.
 */
@SuppressWarnings("EqualsHashCode")
abstract class LeftOut {
  private final Object value;

  private LeftOut(Object value) {
    this.value = value;
  }

  @Override
  public final boolean equals(Object other) {
    return value.equals(other);
  }

  @Override
  public final int hashCode() {
    return 0;
  }

  static final class IsAsPublished extends LeftOut {
    IsAsPublished() {
      super(MergingSpec.PUBLISHED);
    }
  }

  static final class IsBlack extends LeftOut {
    IsBlack() {
      super(DataSpec.Border.BLACK);
    }
  }

  static final class IsBlind extends LeftOut {
    IsBlind() {
      super(LookAheadSpec.NONE);
    }
  }

  static final class IsCoupled extends LeftOut {
    IsCoupled() {
      super(DecoupledSpec.NONE);
    }
  }

  static final class IsDrawn extends LeftOut {
    IsDrawn() {
      super(TicketsSpec.Signs.DRAWN);
    }
  }

  static final class IsEnsemble extends LeftOut {
    IsEnsemble() {
      super(Together.ENSEMBLE);
    }
  }

  static final class IsMean extends LeftOut {
    IsMean() {
      super(Voting.MEAN);
    }
  }

  static final class IsPlain extends LeftOut {
    IsPlain() {
      super(TrainingSpec.Normalisation.PLAIN);
    }
  }

  static final class IsTorch extends LeftOut {
    IsTorch() {
      super(EngineName.TORCH);
    }
  }

  static final class IsUnmeasured extends LeftOut {
    IsUnmeasured() {
      super(MeasureSpec.NONE);
    }
  }

  static final class IsUnperturbed extends LeftOut {
    IsUnperturbed() {
      super(PerturbedSpec.NONE);
    }
  }
}
