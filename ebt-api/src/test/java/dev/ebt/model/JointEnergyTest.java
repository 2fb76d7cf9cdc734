package dev.ebt.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.backend.Executable;
import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.energy.EnergyModel;
import dev.ebt.error.SettingException;
import dev.ebt.error.UserException;
import dev.ebt.modality.Examples;
import dev.ebt.modality.Modality;
import dev.ebt.modality.Relations;
import dev.ebt.nn.Parameters;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Gradients;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.testing.CellsModality;
import dev.ebt.testing.EnergyModelContract;
import dev.ebt.testing.PointModality;
import dev.ebt.testing.TestArrays;
import dev.ebt.train.TrainingStepper;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** One energy for all positions of a row, which depends on how they fit each other. */
class JointEnergyTest extends EnergyModelContract {
  private static final CellsModality CELLS = new CellsModality(4, 3);
  private static final JointSettings SIZES = new JointSettings(null, 2, 2, 8, 2.0);
  private static final Shape EMBEDDED = Shape.of(1, 4, 8);

  @Override
  protected Modality modality() {
    return CELLS;
  }

  @Override
  protected EnergyModel model() {
    return new JointEnergy(SIZES, 1);
  }

  @Override
  protected Examples examples() {
    return CELLS.examples(3);
  }

  @Test
  void theGradientOfAPositionDependsOnTheOthers() {
    Array candidate = TestArrays.mixed(1, EMBEDDED.toIntArray());
    double[] changed = candidate.doubles().clone();
    changed[changed.length - 1] += 1;

    double[] before = gradient(1, candidate);
    double[] after = gradient(1, Array.of(EMBEDDED, changed));

    assertThat(Math.abs(after[0] - before[0])).isGreaterThan(1e-4);
  }

  @Test
  void theEnergyIsTheSameInAnyOrderOfPositionsTogetherWithTheirContext() {
    double[] forwards = {1, 2, 3, 4};
    double[] backwards = {4, 3, 2, 1};

    assertThat(energy(forwards)).isCloseTo(energy(backwards), within(1e-12));
    assertThat(energy(forwards)).isNotCloseTo(energy(1, 2, 3, 5), within(1e-6));
  }

  /**
   * Vectors of positions are alike here: only relations tell which positions differ from others.
   */
  @Test
  void attentionDependsOnTheRelationsBetweenPositions() {
    Relations neighbours = Relations.of(4, 3, (i, j) -> Math.min(Math.abs(i - j), 2));
    Relations reordered = Relations.of(4, 3, (i, j) -> Math.min(Math.abs(i - j) % 3, 2));
    double[] values = {1, 2, 3, 4};

    assertThat(related(neighbours, values)).isNotCloseTo(energy(values), within(1e-6));
    assertThat(related(neighbours, values)).isNotCloseTo(related(reordered, values), within(1e-6));
    assertThat(related(neighbours, values))
        .isNotCloseTo(related(neighbours, 2, 1, 3, 4), within(1e-6))
        .isCloseTo(related(neighbours, 4, 3, 2, 1), within(1e-12));
  }

  @Test
  void aKindOfRelationOutOfRangeIsRefused() {
    assertThatThrownBy(() -> Relations.of(2, 2, (i, j) -> i + j))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the kind of the relation from position 1 to 1 is 2; 0 to 1 expected");
  }

  @Test
  void theScaleIsAFactorOfTheEnergy() {
    Array candidate = TestArrays.mixed(1, EMBEDDED.toIntArray());
    double[] scaled = gradient(10, candidate);

    assertThat(scaled)
        .containsExactly(
            Arrays.stream(gradient(1, candidate)).map(x -> 10 * x).toArray(), within(1e-9));
  }

  @Test
  void aConditionedEnergyHasALandscapePerStep() {
    JointEnergySettings settings =
        new JointEnergySettings(
            "tiny", 2, 2, 8, 2.0, null, JointEnergySettings.Conditioning.TIME_EMBED);
    JointEnergy conditioned = JointEnergy.of(settings, CELLS, 3);

    assertThat(energies(conditioned)).doesNotHaveDuplicates();
    assertThat(new HashSet<>(energies(new JointEnergy(SIZES, 1)))).hasSize(1);
  }

  /** Returns the energy of one candidate in each of three landscapes. */
  private static List<Double> energies(JointEnergy model) {
    Array vectors = TestArrays.mixed(1, EMBEDDED.toIntArray());
    return LongStream.range(0, 3)
        .mapToObj(landscape -> run(model, vectors, vectors, landscape).get("energy").item())
        .toList();
  }

  @Test
  void aContextWithoutPositionsAndAScaleThatIsNotPositiveAreRefused() {
    Tensor vector = Tensor.input("context", Shape.of(1, 8), ElementType.REAL);
    Tensor landscape = Tensor.constant(Array.scalar(0L));

    assertThatThrownBy(() -> model().observe(vector, landscape, new Parameters()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("[rows, positions, width] expected");
    assertThatThrownBy(() -> new TransformerEncoder(SIZES).predict(vector, new Parameters()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("model 'joint-transformer' is for rows of several positions");
    assertThatThrownBy(() -> new JointEnergySettings(null, null, null, null, null, 0.0, null))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("energyScale");
  }

  /** Without a causal mask a position of a sequence would see the elements that it predicts. */
  @Test
  void aModalityWithSeveralPredictionsInARowIsRefused() {
    PointModality sequence = new PointModality(Shape.of(4), 1);
    JointEnergySettings settings =
        new JointEnergySettings("tiny", null, null, null, null, null, null);

    assertThatThrownBy(() -> JointEnergy.of(settings, sequence, 1))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("modality.name is a modality with predictions of shape [4] in")
        .hasMessageContaining("'joint'");
    assertThatThrownBy(() -> TransformerEncoder.of(settings.sizes(), sequence))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("'joint-transformer'");
    assertThat(JointEnergy.of(settings, new CellsModality(4, 3), 1).width()).isPositive();
  }

  private static double[] gradient(double scale, Array candidate) {
    return run(new JointEnergy(SIZES, scale), TestArrays.mixed(2, EMBEDDED.toIntArray()), candidate)
        .get("gradient")
        .doubles();
  }

  /** Returns the energy of positions whose vectors depend on one number each. */
  private static double energy(double... positions) {
    return related(null, positions);
  }

  private static double related(@Nullable Relations relations, double... positions) {
    double[] values = new double[EMBEDDED.elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.sin((i % 8 + 1) * positions[i / 8]);
    }
    Array vectors = Array.of(EMBEDDED, values);
    JointEnergy model = new JointEnergy(SIZES, 1, Optional.ofNullable(relations), 0);
    return run(model, vectors, vectors).get("energy").item();
  }

  private static Map<String, Array> run(JointEnergy model, Array context, Array candidate) {
    return run(model, context, candidate, 0);
  }

  private static Map<String, Array> run(
      JointEnergy model, Array context, Array candidate, long number) {
    Parameters parameters = new Parameters();
    Tensor landscape = Tensor.constant(Array.scalar(number));
    Tensor given = Tensor.input("context", EMBEDDED, ElementType.REAL);
    Tensor y = Tensor.input("candidate", EMBEDDED, ElementType.REAL);
    NamedTensors observed = model.observe(given, landscape, parameters);
    Tensor energy = model.energy(observed, y, landscape, parameters);
    Program program =
        Program.named("joint")
            .output("energy", energy)
            .output("gradient", Gradients.of(energy, y))
            .build();
    try (ReferenceBackend backend = new ReferenceBackend();
        Executable executable = backend.compile(program)) {
      TrainingStepper.initialize(backend, parameters.specs(), 1);
      return executable.run(Map.of("context", context, "candidate", candidate));
    }
  }
}
