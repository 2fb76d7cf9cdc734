package example.sudoku;

import dev.ebt.config.Overrides;
import dev.ebt.energy.EnergyModel;
import dev.ebt.energy.Model;
import dev.ebt.interact.Interaction;
import dev.ebt.interact.TaskReader;
import dev.ebt.modality.Examples;
import dev.ebt.modality.Modality;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.Components;
import dev.ebt.plugin.Configurations;
import dev.ebt.plugin.Plugins;
import dev.ebt.run.RunParts;
import dev.ebt.testing.EnergyModelContract;
import dev.ebt.testing.InteractionContract;
import dev.ebt.testing.RecipeContract;
import dev.ebt.testing.RunPartsContract;
import dev.ebt.testing.TaskReaderContract;
import dev.ebt.train.TrainingStepper;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** The parts keep the contracts of ebt, on its reference backend. */
class SudokuContractsTest extends RunPartsContract {
  private static final Catalog CATALOG = Plugins.discover(List.of());
  private static Components components;

  @BeforeAll
  static void create() {
    components =
        Components.of(
            CATALOG,
            Configurations.load(
                CATALOG,
                "sudoku-4",
                null,
                Overrides.of(
                    "backend=reference",
                    "metrics=[accuracy]",
                    "model.width=8",
                    "model.layers=1",
                    "data.puzzles=4",
                    "data.symmetries=2",
                    "data.validationPuzzles=4")));
    RunParts parts = components.get(RunParts.class);
    TrainingStepper.initialize(parts.backend(), parts.parameters(), 1);
  }

  @AfterAll
  static void close() {
    components.close();
  }

  @Override
  protected RunParts parts() {
    return components.get(RunParts.class);
  }

  @Nested
  class OfTheEnergy extends EnergyModelContract {
    @Override
    protected Modality modality() {
      return parts().modality();
    }

    @Override
    protected EnergyModel model() {
      return (EnergyModel) components.get(Model.class);
    }

    @Override
    protected Examples examples() {
      return parts().dataset().training();
    }
  }

  @Nested
  class OfTheInteraction extends InteractionContract {
    @Override
    protected Interaction<?> interaction() {
      return new SolvedPuzzle();
    }

    @Override
    protected Modality modality() {
      return parts().modality();
    }
  }

  @Nested
  class OfTheTask extends TaskReaderContract {
    @Override
    protected TaskReader reader() {
      return new PuzzleTask.Reader();
    }

    @Override
    protected String content() {
      return "1......22......3\n...2....4....243\n";
    }

    @Override
    protected Modality modality() {
      return parts().modality();
    }
  }

  @Nested
  class OfTheTaskOfMistakes extends TaskReaderContract {
    @Override
    protected TaskReader reader() {
      return new MistakesTask.Reader();
    }

    @Override
    protected String content() {
      return "1......22......3\n...2....4....243\n";
    }

    @Override
    protected Modality modality() {
      return parts().modality();
    }
  }

  @Nested
  class OfTheRecipeOf4 extends RecipeContract {
    @Override
    protected Catalog catalog() {
      return CATALOG;
    }

    @Override
    protected String recipe() {
      return "sudoku-4";
    }
  }

  @Nested
  class OfTheRecipeOf6 extends RecipeContract {
    @Override
    protected Catalog catalog() {
      return CATALOG;
    }

    @Override
    protected String recipe() {
      return "sudoku-6";
    }
  }

  @Nested
  class OfTheRecipeOf9 extends RecipeContract {
    @Override
    protected Catalog catalog() {
      return CATALOG;
    }

    @Override
    protected String recipe() {
      return "sudoku-9";
    }
  }
}
