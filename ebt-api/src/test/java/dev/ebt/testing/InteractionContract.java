package dev.ebt.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.interact.Interaction;
import dev.ebt.interact.Options;
import dev.ebt.modality.Modality;
import dev.ebt.tensor.Shape;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The contract tests of interactions: listed by name, for some modalities only, with described
 * options that may all be missing. The test of an interaction extends this class and inherits all
 * tests.
 */
public abstract class InteractionContract {
  /** Returns the interaction. */
  protected abstract Interaction<?> interaction();

  /** Returns a modality that the interaction is for. */
  protected abstract Modality modality();

  @Test
  final void itIsListedByANameWithASummary() {
    assertThat(interaction().name()).matches("[a-z0-9]+(-[a-z0-9]+)*");
    assertThat(interaction().summary()).isNotBlank().doesNotContain("\n").doesNotEndWith(".");
    assertThat(interaction().subject()).isNotBlank().doesNotContain("\n");
  }

  @Test
  final void itIsForItsModalityOnly() {
    assertThat(interaction().supports(modality())).isTrue();
    assertThat(interaction().supports(new PointModality(Shape.scalar(), 1))).isFalse();
  }

  @Test
  final void itsOptionsHaveNamesOfTheirOwnAndDescriptions() {
    Set<String> names = new HashSet<>();
    for (Options.Spec option : Options.of(interaction().options()).specs()) {
      assertThat(option.name()).matches("--[a-z0-9]+(-[a-z0-9]+)*");
      assertThat(names.add(option.name())).as(option.name()).isTrue();
      assertThat(option.description()).as(option.name()).isNotEmpty().doesNotContain("");
      assertThat(option.placeholder().isEmpty())
          .as("%s is a flag", option.name())
          .isEqualTo(option.type() == Boolean.class);
    }
  }

  @Test
  final void promptedOptionIsATextOfItsOwn() {
    interaction()
        .promptedOption(Set.of())
        .ifPresent(
            name ->
                assertThat(Options.of(interaction().options()).specs())
                    .filteredOn(option -> option.name().equals(name))
                    .singleElement()
                    .satisfies(
                        option -> {
                          assertThat(option.type()).isEqualTo(String.class);
                          assertThat(option.several()).isFalse();
                        }));
  }

  @Test
  final void allOptionsMayBeMissing() {
    assertMayBeMissing(interaction());
  }

  private static <O extends Record> void assertMayBeMissing(Interaction<O> interaction) {
    O none = Options.of(interaction.options()).create(Map.of());

    assertThat(interaction.accepts(none)).isEqualTo(interaction.accepts(none));
    assertThat(none).isEqualTo(Options.of(interaction.options()).create(Map.of()));
  }
}
