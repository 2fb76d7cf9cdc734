package dev.ebt.bench.conformance;

import static dev.ebt.bench.Commands.ebt;
import static dev.ebt.bench.Commands.fine;
import static dev.ebt.bench.Commands.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ebt.bench.Commands;
import dev.ebt.store.Safetensors;
import dev.ebt.tensor.Array;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConformanceCommandTest {
  private static final List<String> CASES =
      List.of(
          "text_default_nodetach_full",
          "text_default_padding",
          "text_default_s1",
          "text_time_embed_s1",
          "text_time_embed_s2",
          "text_time_embed_training");

  @TempDir private Path folder;

  private static Path cases() throws URISyntaxException {
    return Path.of(ConformanceCommandTest.class.getResource("text_default_s1.json").toURI())
        .getParent();
  }

  /** A copy of a case, to be changed. */
  private void copy(String name, String as) throws IOException, URISyntaxException {
    for (String end : new String[] {".json", ".safetensors"}) {
      Files.copy(cases().resolve(name + end), folder.resolve(as + end));
    }
  }

  private void change(String name, String tensor, double by) {
    Path file = folder.resolve(name + ".safetensors");
    Safetensors all = Safetensors.read(file);
    Map<String, Array> tensors = new LinkedHashMap<>(all.tensors());
    Array array = tensors.get(tensor);
    double[] values = array.doubles().clone();
    values[0] += by;
    tensors.put(tensor, Array.of(array.shape(), values));
    new Safetensors(tensors, all.metadata()).write(file);
  }

  private ObjectNode json(String name) throws IOException {
    return (ObjectNode) new ObjectMapper().readTree(folder.resolve(name + ".json").toFile());
  }

  private void write(String name, ObjectNode json) throws IOException {
    Files.writeString(folder.resolve(name + ".json"), json.toString());
  }

  private String verdict(String name, int code) {
    Commands done = ebt("conformance", folder.toString(), "--backend", "reference");
    assertThat(done.code()).as(done.out() + done.err()).isEqualTo(code);
    return done.out().lines().filter(line -> line.startsWith(name)).findFirst().orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "tensorflow"})
  void casesOfTheTextModelPass(String backend) throws URISyntaxException {
    String glob = "{" + String.join(",", CASES) + "}";
    String out =
        fine("conformance", cases().toString(), "--backend", backend, "--case", glob).out();

    List<String> lines = out.lines().toList();
    assertThat(lines).hasSize(CASES.size() + 1);
    for (int i = 0; i < CASES.size(); i++) {
      assertThat(lines.get(i)).matches(CASES.get(i) + " +pass  energies .* states .* loss .*");
    }
    assertThat(lines.get(5)).contains("gradients ", "trained ");
    assertThat(lines.get(6)).isEqualTo("6 passed, 0 failed, 0 not supported, on " + backend);
  }

  @Test
  void oneWrongEnergyFails() throws IOException, URISyntaxException {
    copy("text_default_s1", "a");
    copy("text_default_s1", "b");
    change("b", "step1.energy", 0.01);
    assertThat(verdict("b", 1)).contains("FAIL  energies ").endsWith("worst in step1.energy");
    assertThat(verdict("a", 1)).contains("pass  energies ");
  }

  @Test
  void oneWrongGradientLossOrStateFails() throws IOException, URISyntaxException {
    copy("text_default_s1", "gradient");
    change("gradient", "grad.embeddings.weight", 0.1);
    copy("text_default_s1", "state");
    change("state", "step0.logits", Double.NaN);
    copy("text_default_s1", "loss");
    ObjectNode json = json("loss");
    ObjectNode scalars = (ObjectNode) json.get("scalars");
    scalars.put("loss", scalars.get("loss").asDouble() + 0.01);
    write("loss", json);

    assertThat(verdict("gradient", 1)).contains("FAIL").endsWith("grad.embeddings.weight");
    assertThat(verdict("state", 1)).contains("FAIL").endsWith("worst in step0.logits");
    assertThat(verdict("loss", 1)).contains("FAIL").endsWith("worst in loss");
  }

  @Test
  void whatIsNotHereYetIsSaidSoAndIsNoFailure() throws IOException, URISyntaxException {
    copy("text_default_s1", "kind");
    write("kind", json("kind").put("kind", "of-the-future"));
    copy("text_default_s1", "option");
    ObjectNode json = json("option");
    ((ObjectNode) json.get("hparams")).put("ebt_norm", "of-the-future");
    write("option", json);

    assertThat(verdict("kind", 0)).endsWith("not supported: kind of-the-future");
    assertThat(verdict("option", 0)).endsWith("not supported: ebt_norm=of-the-future");
  }

  @Test
  void folderWithoutCasesIsAMistake() throws IOException {
    assertThat(refusal("conformance", folder.toString()))
        .contains(
            folder
                + " has no reference case (NAME.json with NAME.safetensors) whose name matches *");
    Files.writeString(folder.resolve("lonely.json"), "{}");
    assertThat(refusal("conformance", folder.toString())).contains("has no reference case");
    assertThat(refusal("conformance", folder.resolve("no").toString()))
        .contains(folder.resolve("no") + " is not a folder");
  }

  @Test
  void caseThatCannotBeReadIsAMistake() throws IOException, URISyntaxException {
    copy("text_default_s1", "case");
    assertThat(refusal("conformance", folder.toString(), "--case", "x*"))
        .endsWith("whose name matches x*\n");
    assertThat(refusal("conformance", folder.toString(), "--case", "["))
        .startsWith("ebt: --case [: ");
    Files.writeString(folder.resolve("case.json"), "{\"kind\": ");
    assertThat(refusal("conformance", folder.toString()))
        .contains(folder.resolve("case.json") + ": not readable as JSON: ");
    Files.writeString(folder.resolve("case.json"), "{\"kind\": \"autoregressive-ebt-text\"}");
    assertThat(refusal("conformance", folder.toString()))
        .contains(folder.resolve("case.json") + ": hparams has no '");
    Files.writeString(folder.resolve("case.safetensors"), "no tensors");
    assertThat(refusal("conformance", folder.toString()))
        .contains(folder.resolve("case.safetensors") + " is not a safetensors file: ");
  }
}
