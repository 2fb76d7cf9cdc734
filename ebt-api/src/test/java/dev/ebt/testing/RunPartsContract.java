package dev.ebt.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.ebt.backend.Backend;
import dev.ebt.modality.Dataset;
import dev.ebt.modality.Examples;
import dev.ebt.modality.HeldElements;
import dev.ebt.modality.Metric;
import dev.ebt.modality.Modality;
import dev.ebt.predict.Predictor;
import dev.ebt.run.RunParts;
import dev.ebt.train.TrainingProblem;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * The contract tests of the parts that one configuration names: modality, dataset, objective, the
 * model by its predictors, and the first of the named metrics. The test of a plugin extends this
 * class and inherits the tests of all these kinds; those of a metric are skipped where the
 * configuration names none.
 */
public abstract class RunPartsContract {
  /**
   * Returns the parts of a configuration, the same at every call. Their parameters have values on
   * the backend.
   */
  protected abstract RunParts parts();

  @Nested
  final class OfTheModality extends ModalityContract {
    @Override
    protected Modality modality() {
      return parts().modality();
    }

    @Override
    protected Examples examples() {
      return parts().dataset().training();
    }
  }

  @Nested
  final class OfTheDataset extends DatasetContract {
    @Override
    protected Dataset dataset() {
      return parts().dataset();
    }

    @Override
    protected Modality modality() {
      return parts().modality();
    }
  }

  @Nested
  final class OfTheObjective extends ObjectiveContract {
    @Override
    protected TrainingProblem problem() {
      return parts().trainingTrace().problem();
    }

    @Override
    protected Examples examples() {
      return parts().dataset().training();
    }
  }

  @Nested
  final class OfThePredictors extends PredictorContract {
    @Override
    protected Predictor predictor(int rows) {
      return parts().predictor(rows);
    }

    @Override
    protected Backend backend() {
      return parts().backend();
    }

    @Override
    protected Modality modality() {
      return parts().modality();
    }

    @Override
    protected Examples examples() {
      return parts().dataset().training();
    }

    @Override
    protected int steps() {
      return Math.min(2, parts().steps().taken());
    }

    /** A key/value cache does not hold the elements that contexts give. */
    @Test
    void modelsWithElementsThatTheContextGivesAreNotCached() {
      if (HeldElements.areGivenBy(modality())) {
        assertThat(parts().predictors().cached(1, 1, 2)).isEmpty();
      }
    }
  }

  @Nested
  final class OfAMetric extends MetricContract {
    @Override
    protected Metric metric() {
      List<Metric> named = parts().metrics().further();
      assumeFalse(named.isEmpty(), "the configuration names no metrics");
      return named.get(0);
    }

    @Override
    protected Modality modality() {
      return parts().modality();
    }

    @Override
    protected Examples examples() {
      return parts().dataset().training();
    }
  }
}
