package dev.ebt.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.energy.EnergyTerm;
import dev.ebt.energy.ModelEnergy;
import dev.ebt.energy.SequenceEnergyTerm;
import dev.ebt.energy.WeightedEnergy;
import dev.ebt.modality.Batch;
import dev.ebt.modality.Examples;
import dev.ebt.modality.Modality;
import dev.ebt.model.AutoregressiveEnergy;
import dev.ebt.model.TransformerSettings.LandscapeConditioning;
import dev.ebt.nn.Parameters;
import dev.ebt.step.ThinkingMethod;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Functions;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.testing.EnergyTermContract;
import dev.ebt.text.window.TrainingWindows;
import dev.ebt.think.Thinker;
import dev.ebt.think.ThinkingCache;
import dev.ebt.train.TrainingProblem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Energies that are added to that of a text model, with and without a key/value cache. */
class AddedEnergiesOfTextTest {
  private static final int ROWS = 2;

  private final ReferenceBackend backend = new ReferenceBackend();

  @AfterEach
  void close() {
    backend.close();
  }

  /** A constraint on candidates alone: token 0 is unwanted. */
  private record Unwanted() implements EnergyTerm {
    @Override
    public Tensor energy(
        NamedTensors observed, Tensor modelInput, Tensor landscape, Parameters parameters) {
      return modelInput.slice(modelInput.shape().rank() - 1, 0, 1).square().sum(-1);
    }
  }

  /** A constraint on a token and the one before it, without a cache: no token is repeated. */
  private record Repeated() implements SequenceEnergyTerm {
    @Override
    public NamedTensors observe(NamedTensors context, Tensor landscape, Parameters parameters) {
      Tensor tokens = context.get(TrainingWindows.TOKENS);
      return NamedTensors.of("last", Functions.oneHot(tokens, SmallText.VOCABULARY));
    }

    @Override
    public NamedTensors focus(NamedTensors observed, Tensor positions) {
      Tensor last = observed.get("last");
      Tensor at = Functions.oneHot(positions, last.shape().size(1));
      return NamedTensors.of("last", Functions.matMul(at, last));
    }

    @Override
    public Tensor energy(
        NamedTensors observed, Tensor modelInput, Tensor landscape, Parameters parameters) {
      return modelInput.times(observed.get("last")).sum(-1);
    }
  }

  /** Returns the energy of another model of the same text, with values of its own. */
  private static EnergyTerm other() {
    TrainingProblem problem =
        SmallText.trainingProblem(LandscapeConditioning.ADALN, ThinkingMethod.UpdateRule.MIRROR);
    Map<String, Array> values = new LinkedHashMap<>();
    Random random = new Random(3);
    problem
        .parameters()
        .forEach(
            spec -> {
              double[] drawn = new double[spec.shape().elements()];
              for (int i = 0; i < drawn.length; i++) {
                drawn[i] = 0.3 * random.nextGaussian();
              }
              values.put(spec.name(), Array.of(spec.shape(), drawn));
            });
    return ModelEnergy.of(problem.modality(), (AutoregressiveEnergy) problem.model(), 2, values);
  }

  private ThinkingCache programs(EnergyTerm... terms) {
    ThinkingMethod.UpdateRule mirror = ThinkingMethod.UpdateRule.MIRROR;
    SmallText.initialize(backend, SmallText.trainingProblem(LandscapeConditioning.NONE, mirror));
    List<WeightedEnergy> weighted = new ArrayList<>();
    for (EnergyTerm term : terms) {
      weighted.add(new WeightedEnergy("energies." + weighted.size(), term, 0.5));
    }
    weighted.forEach(term -> term.values().forEach(backend::assign));
    return new ThinkingCache(
        backend,
        SmallText.modality(),
        SmallText.model(LandscapeConditioning.NONE),
        SmallText.thinking(mirror).withEnergies(weighted),
        List.of());
  }

  /** Returns the energies around three steps at the given position of each row. */
  private static double[] energies(Thinker thinker, long[] tokens, long... positions) {
    thinker.observe(SmallText.tokens(tokens));
    thinker.focus(Array.of(Shape.of(ROWS, 1), positions));
    thinker.begin(1);
    double[] energies = new double[4 * ROWS];
    for (int i = 0; i < 4; i++) {
      double[] found = (i < 3 ? thinker.step() : thinker.energy()).doubles();
      System.arraycopy(found, 0, energies, i * ROWS, ROWS);
    }
    return energies;
  }

  @Test
  void aCacheHasTheNumbersOfWholeWindows() {
    ThinkingCache programs = programs(other(), new Unwanted());
    ThinkingCache alone = programs();
    long[] tokens = {4, 1, 2, 0, 3, 1, 2, 2, 0, 1, 4, 3};
    try (Thinker whole = programs.of(ROWS, 1).session();
        Thinker cached = programs.cached(ROWS, 1, SmallText.LENGTH).orElseThrow().session();
        Thinker without = alone.of(ROWS, 1).session()) {
      for (long last = 2; last < 5; last++) {
        double[] expected = energies(whole, tokens, last, last - 1);
        assertThat(energies(cached, tokens, last, last - 1))
            .containsExactly(expected, within(1e-9));
        assertThat(energies(without, tokens, last, last - 1)[0])
            .isNotCloseTo(expected[0], within(1e-3));
      }
    }
  }

  @Test
  void aTermWithoutACacheIsForWholeWindowsOnly() {
    ThinkingCache programs = programs(new Repeated());
    assertThat(programs.cached(ROWS, 1, SmallText.LENGTH)).isEmpty();
    assertThat(programs.predictors().canFocus()).isTrue();
    long[] tokens = {4, 1, 2, 0, 3, 1, 2, 2, 0, 1, 4, 3};
    try (Thinker one = programs.of(ROWS, 1).session();
        Thinker all = programs.of(ROWS).session()) {
      double[] found = energies(one, tokens, 3, 2);
      all.observe(SmallText.tokens(tokens));
      all.begin(1);
      double[] first = all.step().doubles();
      assertThat(found[0]).isCloseTo(first[3], within(1e-9));
      assertThat(found[1]).isCloseTo(first[SmallText.LENGTH + 2], within(1e-9));
    }
  }

  @Test
  void aTermThatNeedsTheWholeContextIsForNoSinglePosition() {
    EnergyTerm whole =
        new EnergyTerm() {
          @Override
          public NamedTensors observe(
              NamedTensors context, Tensor landscape, Parameters parameters) {
            return NamedTensors.of("all", Functions.real(context.get(TrainingWindows.TOKENS)));
          }

          @Override
          public Tensor energy(
              NamedTensors observed, Tensor modelInput, Tensor landscape, Parameters parameters) {
            return modelInput.square().sum(-1).times(observed.get("all"));
          }
        };
    assertThat(programs(whole).predictors().canFocus()).isFalse();
    assertThat(programs(whole).predictors().focused(ROWS, 1)).isEmpty();
  }

  /** Rows of random tokens. */
  private record Rows() implements Examples {
    @Override
    public int size() {
      return 3;
    }

    @Override
    public Batch batch(int... rows) {
      return SmallText.batch(4, rows.length, 0);
    }
  }

  abstract static class OfText extends EnergyTermContract {
    @Override
    protected Modality modality() {
      return SmallText.modality();
    }

    @Override
    protected Examples examples() {
      return new Rows();
    }
  }

  @Nested
  class UnwantedContract extends OfText {
    @Override
    protected EnergyTerm term() {
      return new Unwanted();
    }
  }

  @Nested
  class RepeatedContract extends OfText {
    @Override
    protected EnergyTerm term() {
      return new Repeated();
    }
  }

  @Nested
  class OtherModelContract extends OfText {
    @Override
    protected EnergyTerm term() {
      return other();
    }
  }
}
