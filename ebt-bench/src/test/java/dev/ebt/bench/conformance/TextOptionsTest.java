package dev.ebt.bench.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.bench.conformance.Conformance.Outcome;
import dev.ebt.bench.conformance.Conformance.Verdict;
import dev.ebt.plugin.Plugins;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Norms, activations, conditionings, clamps, label smoothing, contrast and given noise; the
 * baseline.
 */
class TextOptionsTest {
  @ParameterizedTest
  @ValueSource(strings = {"reference", "tensorflow"})
  void optionsAgreeWithTheReference(String backend) throws URISyntaxException {
    Path folder =
        Path.of(TextOptionsTest.class.getResource("text_adaln_s1.json").toURI()).getParent();
    List<Outcome> outcomes =
        new Conformance(Plugins.discover(List.of()), backend)
            .run(folder, "{text,transformer,lr}_*", outcome -> {});
    assertThat(outcomes).hasSizeGreaterThanOrEqualTo(8);
    assertThat(outcomes)
        .allSatisfy(o -> assertThat(o.verdict()).as(o.line()).isEqualTo(Verdict.PASS));
  }
}
