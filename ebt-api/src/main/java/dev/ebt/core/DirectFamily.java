package dev.ebt.core;

import dev.ebt.energy.DirectModel;
import dev.ebt.energy.IncrementalPredictionModel;
import dev.ebt.energy.Model;
import dev.ebt.modality.HeldElements;
import dev.ebt.nn.ParameterSpec;
import dev.ebt.plugin.ConfiguredModel;
import dev.ebt.plugin.ModelFamily;
import dev.ebt.predict.ComputeBudgets;
import dev.ebt.predict.Predictor;
import dev.ebt.predict.Predictors;
import dev.ebt.think.CachedPredictor;
import dev.ebt.think.DirectPredictor;
import java.util.List;
import java.util.Optional;

/** The family of models that predict in a single forward pass. */
record DirectFamily() implements ModelFamily {
  @Override
  public String name() {
    return "prediction";
  }

  @Override
  public String summary() {
    return "Models that predict in a single forward pass";
  }

  @Override
  public Class<? extends Model> type() {
    return DirectModel.class;
  }

  @Override
  public Optional<String> usualObjective() {
    return Optional.of("likelihood");
  }

  @Override
  public Predictors predictors(ConfiguredModel setup) {
    return new Predictors() {
      @Override
      public Predictor of(int rows) {
        return new DirectPredictor(
            setup.backend(), setup.modality(), (DirectModel) setup.model(), rows);
      }

      @Override
      public boolean canFocus() {
        return true;
      }

      /** Returns a predictor that computes all positions and returns the selected ones. */
      @Override
      public Optional<Predictor> focused(int rows, int positions) {
        return Optional.of(of(rows));
      }

      /** Returns a predictor at one position; several would be of no use without candidates. */
      @Override
      public Optional<Predictor> cached(int rows, int positions, int capacity) {
        return setup.model() instanceof IncrementalPredictionModel model
                && setup.modality().embedsElementwise()
                && !HeldElements.areGivenBy(setup.modality())
                && positions == 1
            ? Optional.of(
                new CachedPredictor(setup.backend(), setup.modality(), model, rows, capacity))
            : Optional.empty();
      }
    };
  }

  @Override
  public List<ParameterSpec> parameters(ConfiguredModel setup) {
    return DirectPredictor.parameters(setup.modality(), (DirectModel) setup.model());
  }

  @Override
  public void check(ConfiguredModel setup, ComputeBudgets budgets) {
    budgets.checkCandidates(thinks());
    budgets.steps().forEach(DirectPredictor::checkSteps);
  }
}
