package dev.ebt.run;

import dev.ebt.backend.Backend;
import dev.ebt.config.Overrides;
import dev.ebt.core.CorePlugin;
import dev.ebt.modality.Dataset;
import dev.ebt.modality.Examples;
import dev.ebt.modality.Metric;
import dev.ebt.modality.Modality;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.Components;
import dev.ebt.plugin.Configurations;
import dev.ebt.predict.Predictor;
import dev.ebt.testing.DatasetContract;
import dev.ebt.testing.MetricContract;
import dev.ebt.testing.ModalityContract;
import dev.ebt.testing.ObjectiveContract;
import dev.ebt.testing.PredictorContract;
import dev.ebt.train.TrainingProblem;
import dev.ebt.train.TrainingStepper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** Parts of ours, and those of a test, keep the contracts of their kinds. */
class PointContractsTest {
  private static Components components;
  private static RunParts parts;

  @BeforeAll
  static void create() {
    Catalog catalog = Catalog.of(new CorePlugin(), new PointPlugin());
    components =
        Components.of(
            catalog,
            Configurations.parse(
                catalog, "test", PointPlugin.CONFIGURATION, Overrides.of("metrics=[psnr]")));
    parts = components.get(RunParts.class);
    TrainingStepper.initialize(parts.backend(), parts.parameters(), 1);
  }

  @AfterAll
  static void close() {
    components.close();
  }

  @Nested
  class ThinkingTest extends PredictorContract {
    @Override
    protected Predictor predictor(int rows) {
      return parts.predictor(rows);
    }

    @Override
    protected Backend backend() {
      return parts.backend();
    }

    @Override
    protected Modality modality() {
      return parts.modality();
    }

    @Override
    protected Examples examples() {
      return parts.dataset().training();
    }

    @Override
    protected int steps() {
      return 2;
    }
  }

  @Nested
  class PsnrTest extends MetricContract {
    @Override
    protected Metric metric() {
      return parts.metrics().further().get(0);
    }

    @Override
    protected Modality modality() {
      return parts.modality();
    }

    @Override
    protected Examples examples() {
      return parts.dataset().training();
    }
  }

  @Nested
  class PointsTest extends DatasetContract {
    @Override
    protected Dataset dataset() {
      return new PointPlugin.Data();
    }

    @Override
    protected Modality modality() {
      return parts.modality();
    }
  }

  @Nested
  class PointModalityTest extends ModalityContract {
    @Override
    protected Modality modality() {
      return parts.modality();
    }

    @Override
    protected Examples examples() {
      return parts.dataset().training();
    }
  }

  @Nested
  class SystemOneTest extends ObjectiveContract {
    @Override
    protected TrainingProblem problem() {
      return parts.trainingProblem();
    }

    @Override
    protected Examples examples() {
      return parts.dataset().training();
    }
  }
}
