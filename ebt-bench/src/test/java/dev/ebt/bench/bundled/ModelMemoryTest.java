package dev.ebt.bench.bundled;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.config.Overrides;
import dev.ebt.inference.EbtModel;
import dev.ebt.inference.InferenceLimits;
import dev.ebt.inference.Thinking;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.Plugins;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;

/** A closed model on TensorFlow leaves no native memory behind, by the counter of its library. */
class ModelMemoryTest {
  private final Catalog catalog = Plugins.discover(List.of());

  private void openUseAndClose() {
    try (EbtModel model =
        EbtModel.of(catalog, Brackets.open(Overrides.none()), InferenceLimits.defaults())) {
      assertThat(model.think("[3+", Thinking.steps(1).maxTokens(2)).predictions()).isNotEmpty();
    }
  }

  @Test
  void whatIsOpenedAndClosedAgainIsFreed() {
    openUseAndClose();
    long once = Pointer.totalBytes();

    for (int i = 0; i < 3; i++) {
      openUseAndClose();
    }

    assertThat(Pointer.totalBytes()).isEqualTo(once);
  }
}
