package dev.ebt.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import org.junit.jupiter.api.Test;

class OverridesTest {
  private static final Origin QUICK = Origin.option("--quick");

  @Test
  void parsesPathValueAndOriginOnce() {
    Assignment set = Overrides.of(" training.steps =7").assignments().get(0);

    assertThat(set.path()).isEqualTo("training.steps");
    assertThat(set.value().asInt()).isEqualTo(7);
    assertThat(set.origin()).isEqualTo(new Origin(Origin.Kind.SET, "--set  training.steps =7"));
  }

  @Test
  void textsThatEndInJsonAreTexts() {
    assertThat(Overrides.of("data.path=rows.json").at("data.path").orElseThrow().value().asText())
        .isEqualTo("rows.json");
  }

  @Test
  void yieldSettingBySettingNotByPrefix() {
    Overrides quick =
        Overrides.of(
            Assignment.of("training.steps", 60, QUICK),
            Assignment.of("training.stepsAhead", 1, QUICK));
    Overrides own = Overrides.of("training.steps=7", "seed=2");

    assertThat(quick.yieldingTo(own).assignments())
        .extracting(Assignment::path)
        .containsExactly("training.stepsAhead", "training.steps", "seed");
    assertThat(quick.yieldingTo(own).at("training.steps").orElseThrow().value())
        .isEqualTo(Overrides.of("training.steps=7").assignments().get(0).value());
    assertThat(quick.yieldingTo(own).byHand().assignments()).hasSize(2);
  }

  @Test
  void yieldToAMappingThatHasTheSetting() {
    Overrides quick =
        Overrides.of(
            Assignment.of("training.steps", 60, QUICK),
            Assignment.of("schedule.warmUp", 10, QUICK));

    assertThat(quick.yieldingTo(Overrides.of("schedule={name: cosine, warmUp: 50}")).assignments())
        .extracting(Assignment::path)
        .containsExactly("training.steps", "schedule");
    assertThat(quick.yieldingTo(Overrides.of("schedule={name: cosine}")).assignments())
        .as("a mapping without the setting leaves it")
        .extracting(Assignment::path)
        .containsExactly("training.steps", "schedule.warmUp", "schedule");
  }

  @Test
  void groupsHoldWhatIsBelowThemOnly() {
    Overrides own = Overrides.of("data={name: text}", "data.path=x", "database=3", "seed=1");

    assertThat(own.within("data", "seed"))
        .extracting(Assignment::path)
        .containsExactly("data", "data.path", "seed");
  }

  @Test
  void everyValueWithinAMappingHasTheOrigin() {
    assertThat(Overrides.of("a={b: [1, {c: 2}]}").assignments().get(0).origins().keySet())
        .containsExactlyInAnyOrder("a", "a.b", "a.b.0", "a.b.1", "a.b.1.c");
  }

  @Test
  void numbersAreThoseThatYamlGives() {
    assertThat(Assignment.of("x", 60, QUICK).value())
        .isEqualTo(Overrides.of("x=60").assignments().get(0).value());
    assertThat(Assignment.of("x", 0.25, QUICK).value())
        .isEqualTo(Overrides.of("x=0.25").assignments().get(0).value())
        .isNotEqualTo(IntNode.valueOf(0));
  }
}
