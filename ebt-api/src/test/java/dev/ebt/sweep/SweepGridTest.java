package dev.ebt.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebt.error.UserException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SweepGridTest {
  @Test
  void allCombinationsInOrderTheLastSettingFastest() {
    assertThat(SweepGrid.parse(List.of("a.b=x,y", "seed=-1..1")).points())
        .containsExactly(
            Map.of("a.b", "x", "seed", "-1"),
            Map.of("a.b", "x", "seed", "0"),
            Map.of("a.b", "x", "seed", "1"),
            Map.of("a.b", "y", "seed", "-1"),
            Map.of("a.b", "y", "seed", "0"),
            Map.of("a.b", "y", "seed", "1"));
  }

  @Test
  void commasWithinAValueDoNotEndIt() {
    assertThat(GridAxis.parse("regularizers=[],[{name: langevin, sigma: 1}], 'a,b'").values())
        .containsExactly("[]", "[{name: langevin, sigma: 1}]", "'a,b'");
  }

  @Test
  void namesOfFoldersSayTheValues() {
    assertThat(PlannedRun.nameOf(SweepGrid.parse(List.of("a.b={c: 1}", "seed=7")).points().get(0)))
        .isEqualTo("b=_c_1_,seed=7");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "seed=1,2,1 | --grid seed: the value 1 is there twice; once expected",
        "seed=1..3,2 | --grid seed: the value 2 is there twice; once expected",
        "seed=5..1 | --grid seed=5..1: first..last expected, ascending, such as seed=1..5",
        "seed= | --grid seed= has an empty value; values separated by commas expected",
        "seed | --grid seed: path=values expected, such as training.learningRate=0.001,0.002"
      })
  void mistakesAreNamed(String axis, String message) {
    assertThatThrownBy(() -> GridAxis.parse(axis))
        .isInstanceOf(UserException.class)
        .hasMessage(message);
  }

  @Test
  void aSettingIsVariedOnce() {
    assertThatThrownBy(() -> SweepGrid.parse(List.of("seed=1", "seed=2")))
        .isInstanceOf(UserException.class)
        .hasMessage("--grid seed is there twice; name all its values in one");
    assertThatThrownBy(() -> SweepGrid.parse(List.of()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("at least one --grid");
  }
}
