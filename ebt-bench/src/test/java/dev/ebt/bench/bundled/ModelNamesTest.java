package dev.ebt.bench.bundled;

import static dev.ebt.bench.Commands.fine;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.bench.Commands;
import org.junit.jupiter.api.Test;

/** Commands take the name of a bundled model in place of a run. */
class ModelNamesTest {
  @Test
  void aCommandOpensABundledModelByItsName() {
    assertThat(Commands.fine("info", "shapes").out())
        .startsWith("run                shapes, step 1600")
        .contains("validation 0.0078");
  }

  @Test
  void theModelHasItsNameInJson() {
    String name = "\"run\":\"brackets\"";
    String[] think = {"think", "--json", "--prompt=[3", "--count=1"};
    assertThat(fine(think).out()).contains(name);
    assertThat(fine("score", "brackets", "--text=[3+4=7]", "--json").out()).contains(name);
    assertThat(fine("eval", "brackets", "--steps=0", "--rows=1", "--json").out()).contains(name);
  }

  @Test
  void aMistypedNameIsRefusedWithTheRightOne() {
    Commands refused = Commands.ebt("eval", "shapez");

    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("did you mean the bundled model 'shapes'?");
  }

  @Test
  void theListOfPartsHasThem() {
    assertThat(Commands.fine("plugins", "bundled-model").out())
        .contains("brackets", "verse", "shapes", "new-shapes");
  }
}
