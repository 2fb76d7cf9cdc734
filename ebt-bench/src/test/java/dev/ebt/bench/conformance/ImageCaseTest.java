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

class ImageCaseTest {
  @ParameterizedTest
  @ValueSource(strings = {"reference", "tensorflow"})
  void energyAndDiffusionAgreeWithTheReference(String backend) throws URISyntaxException {
    Path folder = Path.of(ImageCaseTest.class.getResource("denoise_s1.json").toURI()).getParent();
    List<Outcome> outcomes =
        new Conformance(Plugins.discover(List.of()), backend).run(folder, "d*", outcome -> {});
    assertThat(outcomes)
        .extracting(Outcome::name)
        .containsExactly("denoise_s1", "denoise_s2", "dit");
    assertThat(outcomes)
        .allSatisfy(o -> assertThat(o.verdict()).as(o.line()).isEqualTo(Verdict.PASS));
  }
}
