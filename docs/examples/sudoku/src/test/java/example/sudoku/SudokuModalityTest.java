package example.sudoku;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.backend.Executable;
import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.error.SettingException;
import dev.ebt.modality.Relations;
import dev.ebt.nn.ParameterSpec;
import dev.ebt.nn.Parameters;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SudokuModalityTest {
  private static final Puzzle PUZZLE = Puzzle.parse("the puzzle", "1......22......3");
  private static final SudokuModality MODALITY = new SudokuModality(settings(true, false));

  /** Returns the metrics of a candidate with the digits of the solution plus 1 in some cells. */
  private static Map<String, Array> metrics(int wrong) {
    double[] logits = new double[64];
    long[] target = new long[16];
    int changed = 0;
    for (int cell = 0; cell < 16; cell++) {
      int digit = PUZZLE.solution().digit(cell) - 1;
      boolean change = PUZZLE.given().digit(cell) == 0 && changed < wrong;
      changed += change ? 1 : 0;
      target[cell] = digit;
      logits[4 * cell + (change ? (digit + 1) % 4 : digit)] = 3;
    }
    Tensor given = Tensor.input("given", Shape.of(1, 16), ElementType.INTEGER);
    Tensor solution = Tensor.input("solution", Shape.of(1, 16), ElementType.INTEGER);
    Tensor candidate =
        MODALITY
            .held(NamedTensors.of(SudokuModality.GIVEN, given))
            .orElseThrow()
            .in(Tensor.constant(Array.of(Shape.of(1, 16, 4), logits)));
    Program.Builder program = Program.named("metrics");
    MODALITY.metrics(candidate, solution).forEach(program::output);
    long[] digits = Arrays.stream(PUZZLE.given().digits()).asLongStream().toArray();
    try (ReferenceBackend backend = new ReferenceBackend();
        Executable executable = backend.compile(program.build())) {
      return executable.run(
          Map.of(
              "given", Array.of(Shape.of(1, 16), digits),
              "solution", Array.of(Shape.of(1, 16), target)));
    }
  }

  @Test
  void givenCellsDoNotCountAsRight() {
    assertThat(metrics(12).get("cells").item()).isZero();
    assertThat(metrics(3).get("cells").item()).isCloseTo(0.75, within(1e-9));
    assertThat(metrics(0).get("cells").item()).isEqualTo(1);
  }

  @Test
  void aBoardWithOneWrongCellIsNotSolved() {
    assertThat(metrics(0).get("solved").item()).isEqualTo(1);
    assertThat(metrics(1).get("solved").item()).isZero();
    assertThat(metrics(0).get("violations").item()).isZero();
    assertThat(metrics(1).get("violations").item()).isPositive();
  }

  @Test
  void cellsAreRelatedByTheRowTheColumnAndTheBoxThatTheyShare() {
    Relations relations = MODALITY.relations().orElseThrow();

    assertThat(relations.positions()).isEqualTo(16);
    assertThat(Arrays.copyOf(relations.kind().longs(), 6)).containsExactly(7, 5, 1, 1, 6, 4);
    assertThat(new SudokuModality(settings(false, true)).relations()).isEmpty();
    assertThatThrownBy(() -> settings(false, false))
        .isInstanceOf(SettingException.class)
        .hasMessageStartingWith("modality.relations is false, and modality.places is too");
  }

  @Test
  void cellsHaveTheVectorsOfTheirPlacesOnlyIfTheyAreWanted() {
    assertThat(embedded(settings(true, false))).containsOnlyOnce("embed.digit").hasSize(1);
    assertThat(embedded(settings(true, true)))
        .contains("embed.digit", "embed.row", "embed.column", "embed.box");
  }

  private static List<String> embedded(SudokuSettings settings) {
    Parameters parameters = new Parameters();
    Tensor given = Tensor.input("given", Shape.of(1, 16), ElementType.INTEGER);
    new SudokuModality(settings)
        .embedContext(NamedTensors.of(SudokuModality.GIVEN, given), 8, parameters);
    return parameters.specs().stream().map(ParameterSpec::name).toList();
  }

  private static SudokuSettings settings(boolean relations, boolean places) {
    return new SudokuSettings(4, null, null, relations, places);
  }
}
