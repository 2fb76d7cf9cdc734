package dev.ebt.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebt.error.UserException;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WrapperPrefixesTest {
  private static final Path FILE = Path.of("model.safetensors");

  @Test
  void prefixesOfWrappersAreRemoved() {
    assertThat(
            WrapperPrefixes.removed(
                FILE,
                Map.of(
                    "model.alpha", 1,
                    "model._orig_mod.embeddings.weight", 2,
                    "module.model.norm.weight", 3,
                    "transformer.model.x", 4)))
        .isEqualTo(
            Map.of("alpha", 1, "embeddings.weight", 2, "norm.weight", 3, "transformer.model.x", 4));
  }

  @Test
  void twoTensorsOfOneNameAreRefused() {
    assertThatThrownBy(
            () ->
                WrapperPrefixes.removed(
                    FILE, new java.util.TreeMap<>(Map.of("a", 1, "model.a", 2))))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "model.safetensors has two tensors for 'a': 'a' and 'model.a'; leave one of them away");
  }

  @Test
  void checkpointsAreReadWithThem() {
    Array array = Array.scalar(1.0);

    assertThat(
            StoredCheckpoint.matching(
                FILE, Map.of("model._orig_mod.alpha", array), Map.of("alpha", Shape.scalar())))
        .isEqualTo(Map.of("alpha", array));
  }

  @Test
  void aModelMayHaveParametersThatAreCalledSo() {
    Map<String, Array> found = Map.of("model.a", Array.scalar(1.0), "a", Array.scalar(2.0));

    assertThat(
            StoredCheckpoint.matching(
                FILE, found, Map.of("model.a", Shape.scalar(), "a", Shape.scalar())))
        .isEqualTo(found);
  }
}
