package dev.ebt.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.backend.Backend;
import dev.ebt.backend.Executable;
import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.energy.EnergyTerm;
import dev.ebt.energy.IncrementalEnergyTerm;
import dev.ebt.energy.SequenceEnergyTerm;
import dev.ebt.energy.WeightedEnergy;
import dev.ebt.modality.Batch;
import dev.ebt.modality.Examples;
import dev.ebt.modality.Modality;
import dev.ebt.nn.Parameters;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Gradients;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The contract tests of energies that are added to that of a model: one energy per prediction,
 * independent of other predictions and rows, with a finite gradient; and where the term is for
 * single positions or for a key/value cache, the same energies as for the whole context. Checked in
 * double precision. The test of a term extends this class and inherits all tests.
 */
public abstract class EnergyTermContract {
  private static final int ROWS = 3;
  private static final String ENERGY = "energy";
  private static final String GRADIENT = "gradient";

  private final Parameters parameters = new Parameters().in("term");

  /** Returns the term. */
  protected abstract EnergyTerm term();

  /** Returns a modality that the term is for. */
  protected abstract Modality modality();

  /** Returns at least three rows of data of the modality. */
  protected abstract Examples examples();

  /** A way to observe a context in a landscape, and to arrange what was found for the whole. */
  private interface Observing {
    NamedTensors observe(NamedTensors context, Tensor landscape);
  }

  @Test
  final void oneEnergyPerPrediction() {
    Shape predictions = Shape.of(ROWS).plus(modality().predictions().toIntArray());
    assertThat(whole(ROWS, candidates(ROWS)).get(ENERGY).shape()).isEqualTo(predictions);
  }

  @Test
  final void aRowAloneGivesWhatItGivesAmongOthers() {
    Map<String, Array> together = whole(ROWS, candidates(ROWS));
    whole(1, candidates(1))
        .forEach(
            (name, alone) -> {
              double[] row = alone.doubles();
              assertThat(row)
                  .as(name)
                  .containsExactly(
                      Arrays.copyOf(together.get(name).doubles(), row.length), within(1e-9));
            });
  }

  @Test
  final void predictionsDoNotMix() {
    Array moved = candidates(ROWS);
    double[] values = moved.doubles().clone();
    values[0] += 0.75;
    Map<String, Array> before = whole(ROWS, moved);
    whole(ROWS, Array.of(moved.shape(), values))
        .forEach(
            (name, after) ->
                assertThat(others(after))
                    .as("%s of the predictions left alone", name)
                    .containsExactly(others(before.get(name)), within(1e-12)));
  }

  @Test
  final void aSinglePositionHasTheEnergyThatItHasInTheWhole() {
    if (term() instanceof SequenceEnergyTerm term) {
      int last = modality().predictions().size(0) - 1;
      long[] positions = new long[ROWS];
      Arrays.fill(positions, last);
      Tensor focus = Tensor.constant(Array.of(Shape.of(ROWS, 1), positions));
      Array candidates = candidates(ROWS);
      double[] all = whole(ROWS, candidates).get(ENERGY).doubles();
      double[] one =
          run(
                  ROWS,
                  at(last, candidates),
                  (context, landscape) ->
                      term.focus(term.observe(context, landscape, parameters), focus))
              .get(ENERGY)
              .doubles();
      for (int row = 0; row < ROWS; row++) {
        assertThat(one[row]).isCloseTo(all[row * (last + 1) + last], within(1e-9));
      }
    }
  }

  @Test
  final void elementsAppendedInPiecesGiveTheEnergiesOfTheWhole() {
    if (term() instanceof IncrementalEnergyTerm term) {
      Map<String, Array> pieces =
          run(ROWS, candidates(ROWS), (context, landscape) -> inPieces(term, context, landscape));
      whole(ROWS, candidates(ROWS))
          .forEach(
              (name, expected) ->
                  assertThat(pieces.get(name).doubles())
                      .as(name)
                      .containsExactly(expected.doubles(), within(1e-9)));
    }
  }

  private NamedTensors inPieces(
      IncrementalEnergyTerm term, NamedTensors context, Tensor landscape) {
    int length = modality().predictions().size(0);
    int first = (length + 1) / 2;
    NamedTensors observed = term.emptyObservation(ROWS, length, landscape, parameters);
    for (int start = 0; start < length; start += first) {
      int from = start;
      int count = Math.min(first, length - start);
      long[] starts = new long[ROWS];
      Arrays.fill(starts, start);
      observed =
          term.append(
              observed,
              context.map((name, feature) -> feature.slice(1, from, count)),
              Tensor.constant(Array.of(Shape.of(ROWS), starts)),
              landscape,
              parameters);
    }
    return observed;
  }

  private Array candidates(int rows) {
    Shape one = modality().candidate();
    double[] all =
        TestArrays.mixed(3, Shape.of(ROWS).plus(one.toIntArray()).toIntArray()).doubles();
    return Array.of(
        Shape.of(rows).plus(one.toIntArray()), Arrays.copyOf(all, rows * one.elements()));
  }

  /** Returns the candidates at one position, [rows, 1, ...]. */
  private static Array at(int position, Array candidates) {
    Shape shape = candidates.shape();
    int length = shape.size(1);
    int size = shape.elements() / shape.size(0) / length;
    double[] all = candidates.doubles();
    double[] one = new double[shape.size(0) * size];
    for (int row = 0; row < shape.size(0); row++) {
      System.arraycopy(all, (row * length + position) * size, one, row * size, size);
    }
    return Array.of(shape.with(1, 1), one);
  }

  private double[] others(Array array) {
    int predictions = ROWS * modality().predictions().elements();
    double[] values = array.doubles();
    return Arrays.copyOfRange(values, values.length / predictions, values.length);
  }

  private Map<String, Array> whole(int rows, Array candidates) {
    return run(
        rows, candidates, (context, landscape) -> term().observe(context, landscape, parameters));
  }

  /** Computes the energy and its gradient for the candidate, in the last landscape. */
  private Map<String, Array> run(int rows, Array candidates, Observing observing) {
    Modality modality = modality();
    Batch batch = examples().batch(Arrays.copyOf(new int[] {0, 1, 2}, rows));
    Map<String, Tensor> features = new LinkedHashMap<>();
    modality.context().forEach(f -> features.put(f.name(), f.input(rows)));
    Tensor candidate = Tensor.input("candidate", candidates.shape(), ElementType.REAL);
    Tensor landscape = Tensor.input("landscape", Shape.scalar(), ElementType.INTEGER);
    Tensor energy =
        term()
            .energy(
                observing.observe(NamedTensors.of(features), landscape),
                modality.toModelInput(candidate),
                landscape,
                parameters);
    Program program =
        Program.named("contract")
            .output(ENERGY, energy)
            .output(GRADIENT, Gradients.of(energy, candidate))
            .build();
    Map<String, Array> inputs = new HashMap<>(batch.context());
    inputs.put("candidate", candidates);
    inputs.put("landscape", Array.scalar(term().landscapes() - 1L));
    try (Backend backend = new CheckedBackend(new ReferenceBackend());
        Executable executable = backend.compile(program)) {
      new WeightedEnergy("term", term(), 1).values().forEach(backend::assign);
      return executable.run(inputs);
    }
  }
}
