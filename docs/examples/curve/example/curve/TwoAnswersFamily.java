package example.curve;

import dev.ebt.energy.Model;
import dev.ebt.plugin.ConfiguredModel;
import dev.ebt.plugin.ModelFamily;
import dev.ebt.predict.Predictors;
import java.util.Optional;

/**
 * The family of {@link TwoAnswers}. All that it does not say has defaults: such models do not
 * think, take no steps, and read only the parameters that their objective trains.
 */
public record TwoAnswersFamily() implements ModelFamily {
  @Override
  public String name() {
    return "curve-two-answers";
  }

  @Override
  public String summary() {
    return "Models that give two answers, of which one is drawn";
  }

  @Override
  public Class<? extends Model> type() {
    return TwoAnswers.class;
  }

  @Override
  public Optional<String> usualObjective() {
    return Optional.of("curve-two-answers");
  }

  @Override
  public Predictors predictors(ConfiguredModel setup) {
    return rows ->
        new TwoAnswersPredictor(
            setup.backend(), setup.modality(), (TwoAnswers) setup.model(), rows);
  }
}
