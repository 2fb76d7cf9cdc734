package dev.ebt.think;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.energy.Model;
import dev.ebt.modality.Batch;
import dev.ebt.model.JointEnergy;
import dev.ebt.model.JointSettings;
import dev.ebt.model.TransformerEncoder;
import dev.ebt.objective.Objective;
import dev.ebt.predict.Predictor;
import dev.ebt.predict.TargetEnergies;
import dev.ebt.step.ThinkingHyperparameters;
import dev.ebt.step.ThinkingMethod;
import dev.ebt.tensor.Array;
import dev.ebt.testing.CellsModality;
import dev.ebt.train.EnergyObjective;
import dev.ebt.train.MaximumLikelihood;
import dev.ebt.train.TrainingProblem;
import dev.ebt.train.TrainingStepper;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Elements that the context gives are exactly those of the prediction, in training too. */
class GivenElementsTest {
  private static final CellsModality CELLS = new CellsModality(4, 3);
  private static final JointSettings SIZES = new JointSettings(null, 1, 2, 8, null);
  private static final Batch BATCH = CELLS.examples(2).batch(0, 1);
  private static final ThinkingMethod MIRROR =
      ThinkingMethod.of(
          ThinkingHyperparameters.builder()
              .landscapes(1)
              .stepSize(0.5)
              .updateRule(ThinkingMethod.UpdateRule.MIRROR)
              .build());

  private static TrainingProblem problem(Model model, Objective objective) {
    return new TrainingProblem(CELLS, model, objective, MIRROR, List.of());
  }

  private static void assertGiven(Array candidate) {
    Array given = BATCH.context().get(CellsModality.GIVEN);
    for (int cell = 0; cell < given.shape().elements(); cell++) {
      for (int digit = 0; digit < 3; digit++) {
        double logit = candidate.real(cell * 3 + digit);
        if (given.longs()[cell] > 0) {
          boolean chosen = given.longs()[cell] == digit + 1;
          assertThat(logit).isEqualTo(chosen ? CellsModality.CERTAIN : -CellsModality.CERTAIN);
        } else {
          assertThat(Math.abs(logit)).isNotEqualTo(CellsModality.CERTAIN);
        }
      }
    }
  }

  @Test
  void aThinkerStartsFromTheGivenElementsAndKeepsThem() {
    JointEnergy model = new JointEnergy(SIZES, 1);
    try (ReferenceBackend backend = new ReferenceBackend()) {
      TrainingStepper.initialize(
          backend,
          problem(model, EnergyObjective.system2(new EnergyObjective.Settings(1))).parameters(),
          1);
      try (Thinker thinker = new Thinker(backend, CELLS, model, MIRROR, List.of(), 2)) {
        thinker.observe(BATCH.context());
        thinker.begin(1);
        Array before = thinker.candidate();
        assertGiven(before);
        thinker.reach(3, 0);
        assertGiven(thinker.candidate());
        assertThat(thinker.candidate()).isNotEqualTo(before);
      }
    }
  }

  @Test
  void theEnergyOfATargetIsThatWithTheGivenElements() {
    JointEnergy model = new JointEnergy(SIZES, 1);
    try (ReferenceBackend backend = new ReferenceBackend()) {
      TrainingStepper.initialize(
          backend,
          problem(model, EnergyObjective.system2(new EnergyObjective.Settings(1))).parameters(),
          1);
      try (TargetEnergies energies =
          CompiledTargetEnergies.of(backend, CELLS, model, MIRROR, 2).orElseThrow()) {
        Array right = energies.of(BATCH.context(), BATCH.target());

        assertThat(energies.of(BATCH.context(), changed(0))).isEqualTo(right);
        assertThat(energies.of(BATCH.context(), changed(1))).isNotEqualTo(right);
      }
    }
  }

  /**
   * Returns the targets with another digit in every other cell: in given ones, or in the others.
   */
  private static Array changed(int first) {
    long[] digits = BATCH.target().longs().clone();
    for (int cell = first; cell < digits.length; cell += 2) {
      digits[cell] = (digits[cell] + 1) % 3;
    }
    return Array.of(BATCH.target().shape(), digits);
  }

  @Test
  void aModelWithoutAnEnergyPredictsThemToo() {
    TransformerEncoder model = new TransformerEncoder(SIZES);
    try (ReferenceBackend backend = new ReferenceBackend()) {
      TrainingStepper.initialize(backend, problem(model, new MaximumLikelihood()).parameters(), 1);
      try (Predictor predictor = new DirectPredictor(backend, CELLS, model, 2)) {
        predictor.observe(BATCH.context());
        predictor.begin(1);
        assertGiven(predictor.candidate());
      }
    }
  }
}
