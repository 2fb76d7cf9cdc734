package dev.ebt.text.extra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebt.error.UserException;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class OptionalLibraryTest {
  private static Supplier<String> failing(Error problem) {
    return () -> {
      throw problem;
    };
  }

  @Test
  void whatIsThereIsUsed() {
    assertThat(OptionalLibrary.HUGGING_FACE.use(() -> "done")).isEqualTo("done");
  }

  @Test
  void whatIsMissingIsToldWithHowToAddIt() {
    Supplier<String> missing = failing(new NoClassDefFoundError("ai/djl/Tokenizer"));
    assertThatThrownBy(() -> OptionalLibrary.HUGGING_FACE.use(missing))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "the tokenizer 'huggingface' needs the library ai.djl.huggingface:tokenizers, which is"
                + " not here (ai/djl/Tokenizer). 'EBT_PROFILE=extras ./ebt …' brings it; a build of"
                + " your own adds it to its dependencies");
  }

  @Test
  void whatDoesNotRunHereIsToldWithItsReason() {
    Supplier<String> broken = failing(new UnsatisfiedLinkError("libtokenizers.so: no such symbol"));
    assertThatThrownBy(() -> OptionalLibrary.HUGGING_FACE.use(broken))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "the tokenizer 'huggingface': the library ai.djl.huggingface:tokenizers does not run"
                + " here: libtokenizers.so: no such symbol");
  }
}
