package dev.ebt.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.energy.EnergyModel;
import dev.ebt.error.SettingException;
import dev.ebt.modality.Modality;
import dev.ebt.nn.Parameters;
import dev.ebt.objective.Objective.ObjectiveInputs;
import dev.ebt.step.ThinkingMethod;
import dev.ebt.step.ThinkingMethod.UpdateRule;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Functions;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.testing.CellsModality;
import dev.ebt.testing.PointModality;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Matching with an energy for each part of the way, and between distributions. */
class MatchingLandscapesTest {
  private static final MatchingObjective OBJECTIVE =
      new MatchingObjective(new MatchingSettings(4.0, 0.8, 0.0, 0.0, null, null));
  private static final Shape POINTS = Shape.of(2, 1);

  private final Parameters parameters = new Parameters();

  @Test
  void eachLandscapeLearnsItsPartOfTheWayFromItsRows() {
    double[] noise = {1, -0.5};
    double[] target = {0.25, 2};
    double[] gamma = {0.3, 0.9};

    Tensor loss =
        OBJECTIVE
            .output(
                inputs(new PointModality(Shape.scalar(), 1), new Square(), 2, UpdateRule.CANDIDATE)
                    .of(
                        NamedTensors.of(PointModality.CENTRE, Tensor.zeros(POINTS)),
                        Tensor.constant(Array.of(POINTS, noise)),
                        Tensor.constant(Array.of(POINTS, target))),
                Tensor.constant(Array.of(POINTS, gamma)))
            .loss();

    double[] found = values(loss);
    for (int row = 0; row < 2; row++) {
      double way = (row + gamma[row]) / 2;
      double y = way * target[row] + (1 - way) * noise[row];
      double factor = 4 * Math.min(1, (1 - way) / 0.2);
      double error = 2 * (y - row) - factor * (noise[row] - target[row]);
      assertThat(found[row]).isCloseTo(error * error, within(1e-12));
    }
  }

  @Test
  void aDistributionMovesOnTheLineOfMixturesAndGivenCellsStay() {
    CellsModality cells = new CellsModality(2, 2);
    double logit = 0.8;
    double gamma = 0.4;

    Tensor loss =
        OBJECTIVE
            .output(
                inputs(cells, new Square(), 1, UpdateRule.MIRROR)
                    .of(
                        NamedTensors.of(
                            CellsModality.GIVEN, Tensor.constant(Array.of(Shape.of(1, 2), 1L, 0L))),
                        Tensor.constant(Array.of(Shape.of(1, 2, 2), 0.0, 0.0, logit, 0.0)),
                        Tensor.constant(Array.of(Shape.of(1, 2), 0L, 1L))),
                Tensor.constant(Array.of(Shape.of(1, 1, 1), gamma)))
            .loss();

    double p = 1 / (1 + Math.exp(-logit));
    double first = 2 * (1 - gamma) * p - 4 * p;
    double second = 2 * (gamma + (1 - gamma) * (1 - p)) - 4 * ((1 - p) - 1);
    assertThat(values(loss)[0]).isCloseTo((first * first + second * second) / 4, within(1e-12));
  }

  @Test
  void everyLandscapeNeedsARow() {
    ThinkingMethod thinking = new ThinkingMethod(3, 0.1, false, null, null, null);
    assertThat(OBJECTIVE.leastRows(thinking)).isEqualTo(3);
  }

  @Test
  void aStepThatBeginsAgainFromItsDistributionIsRefused() {
    assertThatThrownBy(
            () ->
                OBJECTIVE.output(
                    inputs(new CellsModality(2, 2), new Square(), 1, UpdateRule.MODEL_INPUT)
                        .of(
                            NamedTensors.of(
                                CellsModality.GIVEN,
                                Tensor.input("given", Shape.of(1, 2), ElementType.INTEGER)),
                            Tensor.input("noise", Shape.of(1, 2, 2), ElementType.REAL),
                            Tensor.input("target", Shape.of(1, 2), ElementType.INTEGER))))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("thinking.updateRule is model-input")
        .hasMessageContaining("mirror expected");
  }

  private static Array embedding(Shape shape) {
    return shape.equals(Shape.of(2, 2))
        ? Array.of(shape, 1.0, 0.0, 0.0, 1.0)
        : Array.filled(shape, 0.0);
  }

  @Test
  void optimalPairingNeedsPointsToMeasureDistances() {
    MatchingObjective paired =
        new MatchingObjective(
            new MatchingSettings(null, null, null, null, MatchingSettings.Pairing.OPTIMAL, null));
    assertThatThrownBy(
            () ->
                paired.output(
                    inputs(new CellsModality(2, 2), new Square(), 1, UpdateRule.MIRROR)
                        .of(
                            NamedTensors.of(
                                CellsModality.GIVEN,
                                Tensor.input("given", Shape.of(1, 2), ElementType.INTEGER)),
                            Tensor.input("noise", Shape.of(1, 2, 2), ElementType.REAL),
                            Tensor.input("target", Shape.of(1, 2), ElementType.INTEGER))))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("objective.pairing is optimal");
  }

  private interface Inputs {
    ObjectiveInputs of(NamedTensors context, Tensor noise, Tensor target);
  }

  private Inputs inputs(Modality modality, EnergyModel model, int landscapes, UpdateRule rule) {
    return (context, noise, target) ->
        new ObjectiveInputs(
            modality,
            model,
            new ThinkingMethod(landscapes, 0.1, false, null, null, rule),
            List.of(),
            List.of(),
            context,
            noise,
            target,
            Tensor.constant(Array.of(Shape.of(2), 7L, 8L)),
            parameters);
  }

  /** Returns values, with distributions embedded as they are. */
  private double[] values(Tensor loss) {
    try (ReferenceBackend backend = new ReferenceBackend()) {
      parameters.specs().forEach(spec -> backend.assign(spec.variable(), embedding(spec.shape())));
      return backend
          .compile(Program.named("loss").output("loss", loss).build())
          .run(Map.of())
          .get("loss")
          .doubles();
    }
  }

  /** E = |y − k|² in landscape k, of points and of distributions as they are. */
  private record Square() implements EnergyModel {
    @Override
    public int width() {
      return 2;
    }

    @Override
    public NamedTensors observe(Tensor context, Tensor landscape, Parameters parameters) {
      return NamedTensors.of("minimum", Functions.real(landscape));
    }

    @Override
    public Tensor energy(
        NamedTensors observed, Tensor candidate, Tensor landscape, Parameters parameters) {
      Tensor squares = candidate.minus(observed.get("minimum")).square();
      return squares.shape().rank() == 3 ? squares.sum(1, 2) : squares.sum(1);
    }

    @Override
    public String description() {
      return "squared distance";
    }
  }
}
