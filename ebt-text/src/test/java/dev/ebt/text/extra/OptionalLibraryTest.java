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
                + " missing (ai/djl/Tokenizer). Start with 'EBT_PROFILE=extras ./ebt …', or add it to"
                + " the dependencies of your own build");
  }

  @Test
  void whatDoesNotRunHereIsToldWithItsReason() {
    Supplier<String> broken = failing(new UnsatisfiedLinkError("libtokenizers.so: no such symbol"));
    assertThatThrownBy(() -> OptionalLibrary.HUGGING_FACE.use(broken))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "the tokenizer 'huggingface': the library ai.djl.huggingface:tokenizers does not run"
                + " on this machine: libtokenizers.so: no such symbol");
  }
}
