package dev.ebt.bench.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.plugin.Components;
import dev.ebt.run.RunParts;
import dev.ebt.testing.RunPartsContract;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Our modalities, datasets, models, objectives and metrics keep the contracts of their kinds. */
@ParameterizedClass(name = "{0}")
@MethodSource("dev.ebt.bench.contract.OurRuns#names")
class OurRunsTest extends RunPartsContract {
  @TempDir static Path folder;
  private static String opened = "";
  private static Components components;
  private static RunParts parts;

  @Parameter String name;

  @BeforeAll
  static void write() throws IOException {
    OurRuns.write(folder);
  }

  @AfterAll
  static void close() {
    if (!opened.isEmpty()) {
      components.close();
      opened = "";
    }
  }

  @Override
  protected RunParts parts() {
    if (!opened.equals(name)) {
      close();
      components = Components.of(OurRuns.CATALOG, OurRuns.configuration(name, folder));
      parts = OurRuns.initialized(components);
      opened = name;
    }
    return parts;
  }

  @Test
  void theModelIsNamed() {
    assertThat(parts().model().description()).isNotBlank();
  }
}
