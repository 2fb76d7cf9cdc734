package dev.ebt.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class UnknownNameTest {
  private static String told(String name, String... known) {
    return UnknownName.of("regularizer", name, List.of(known)).getMessage();
  }

  @Test
  void guessesWhatWasMeant() {
    assertThat(told("langevn", "replay", "langevin"))
        .isEqualTo(
            "unknown regularizer 'langevn': did you mean 'langevin'? Known: langevin, replay");
    assertThat(told("stpes", "steps", "stops"))
        .startsWith("unknown regularizer 'stpes': did you mean 'steps'?");
    assertThat(told("LANGEVIN", "langevin")).contains("did you mean 'langevin'?");
  }

  @Test
  void guessesNothingFarFetched() {
    assertThat(told("abc", "xyz")).isEqualTo("unknown regularizer 'abc'. Known: xyz");
    assertThat(told("abc")).isEqualTo("unknown regularizer 'abc'. Known: none");
  }
}
