package dev.ebt.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The launch files of docs/launch are well formed and agree with the command line. */
class LaunchFilesTest {
  private static final Path ROOT = Path.of(System.getProperty("basedir", ".")).resolve("..");
  private static final Path LAUNCH = ROOT.resolve("docs/launch");
  private static final Set<String> INSTRUCTIONS =
      Set.of("FROM", "RUN", "WORKDIR", "COPY", "USER", "ENTRYPOINT");

  private static String read(String file) throws IOException {
    return Files.readString(LAUNCH.resolve(file));
  }

  private static List<JsonNode> documents() throws IOException {
    ObjectMapper yaml = new ObjectMapper(new YAMLFactory());
    List<JsonNode> documents = new ArrayList<>();
    yaml.readerFor(JsonNode.class)
        .<JsonNode>readValues(read("kubernetes-job.yaml"))
        .forEachRemaining(documents::add);
    return documents;
  }

  @Test
  void theJobNamesItsProcessesAsTheCommandLineReadsThem() throws IOException {
    List<JsonNode> documents = documents();
    assertThat(documents)
        .extracting(d -> d.path("kind").asText())
        .containsExactly("Service", "Job");
    JsonNode service = documents.get(0);
    JsonNode job = documents.get(1);
    JsonNode pod = job.at("/spec/template/spec");
    Map<String, JsonNode> environment = new HashMap<>();
    pod.at("/containers/0/env").forEach(e -> environment.put(e.path("name").asText(), e));

    assertThat(job.at("/spec/completionMode").asText()).isEqualTo("Indexed");
    assertThat(job.at("/spec/completions").asInt())
        .isEqualTo(job.at("/spec/parallelism").asInt())
        .isEqualTo(environment.get("WORLD_SIZE").path("value").asInt());
    assertThat(environment.get("RANK").at("/valueFrom/fieldRef/fieldPath").asText())
        .isEqualTo("metadata.annotations['batch.kubernetes.io/job-completion-index']");
    String name = job.at("/metadata/name").asText();
    String subdomain = pod.path("subdomain").asText();
    assertThat(service.at("/metadata/name").asText()).isEqualTo(subdomain);
    assertThat(service.at("/spec/selector/job-name").asText()).isEqualTo(name);
    assertThat(environment.get("MASTER_ADDR").path("value").asText())
        .isEqualTo(name + "-0." + subdomain);
    assertThat(environment).containsKey("MASTER_PORT");
  }

  @Test
  void shellScriptsAreWellFormed() throws IOException, InterruptedException {
    assertThat(wellFormed("bash", read("slurm.sh"))).isTrue();
    JsonNode script = documents().get(1).at("/spec/template/spec/containers/0/args/0");
    assertThat(wellFormed("sh", script.asText())).isTrue();
    assertThat(wellFormed("sh", "if [ -e x ]; then")).isFalse();
  }

  private static boolean wellFormed(String shell, String script)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(shell, "-n", "-c", script)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return process.waitFor() == 0;
  }

  @Test
  void theSlurmScriptSetsWhatTheCommandLineReads() throws IOException {
    String script = read("slurm.sh");
    for (String name : List.of("MASTER_ADDR", "MASTER_PORT", "WORLD_SIZE", "RANK")) {
      assertThat(Pattern.compile("(export |\\n|'| )" + name + "(=|\\n)").matcher(script).find())
          .as(name)
          .isTrue();
    }
    assertThat(script.lines().filter(line -> line.startsWith("#SBATCH")))
        .isNotEmpty()
        .allMatch(line -> line.matches("#SBATCH --[a-z-]+=\\S+( #.*)?"));
  }

  /** Variables of the shell stand for themselves. */
  @ParameterizedTest
  @ValueSource(strings = {"kubernetes-job.yaml", "slurm.sh"})
  void theArgumentsAreUnderstood(String file) throws IOException {
    List<String> lines =
        read(file)
            .lines()
            .filter(line -> line.matches("\\s*(exec ebt train|set --) .*"))
            .map(line -> line.replaceFirst("\\s*(exec ebt train|set --) ", "").replace("\"", ""))
            .toList();
    assertThat(lines).hasSize(2);
    for (String line : lines) {
      List<String> words = new ArrayList<>(List.of("train"));
      words.addAll(List.of(line.split(" ", -1)));
      String[] arguments = words.toArray(String[]::new);
      CommandLine command = Ebt.commandLine(arguments);
      assertThatCode(() -> command.parseArgs(arguments)).as(line).doesNotThrowAnyException();
    }
  }

  @Test
  void theImageIsMadeOfWhatTheBuildMakes() throws IOException {
    String file = read("Dockerfile").replace("\\\n", " ");
    List<String> instructions =
        file.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
    assertThat(instructions)
        .allMatch(line -> INSTRUCTIONS.contains(line.split(" ", 2)[0]), "known instructions");
    assertThat(instructions.get(0)).startsWith("FROM ").endsWith(" AS build");
    assertThat(file).contains("-Pdist").contains("COPY --from=build /opt/ebt /opt/ebt");
    assertThat(Files.readString(ROOT.resolve("ebt-bench/pom.xml"))).contains("<id>dist</id>");
    assertThat(ROOT.resolve("ebt-bench/src/main/dist/bin/ebt")).isExecutable();
  }
}
