package dev.ebt.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ebt.error.UserException;
import dev.ebt.tensor.Array;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointMetadataFileTest {
  private static final String HASH = "a".repeat(64);

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void save() throws IOException {
    CheckpointMetadata progress =
        CheckpointMetadata.of(
            16,
            256,
            33,
            1.0376962346197687,
            Map.of("data", new CheckpointMetadata.Part("märchen", "e9c02a6b"), "model", part("")),
            "0.1.0",
            Sha256.of("seed: 33"));
    StoredCheckpoint.write(
        folder,
        progress.withFigures(Map.of("thinking.stepSize", 0.002)),
        Map.of("a", Array.scalar(1.0)),
        Map.of("a", Array.scalar(2.0)),
        Map.of());
    file = folder.resolve("progress.json");
  }

  private static CheckpointMetadata.Part part(String fingerprint) {
    return new CheckpointMetadata.Part("autoregressive", fingerprint);
  }

  private String refusal() {
    return catchThrowableOfType(UserException.class, () -> StoredCheckpoint.read(folder))
        .getMessage();
  }

  private void change(String from, String to) throws IOException {
    String text = Files.readString(file);
    assertThat(text).contains(from);
    Files.writeString(file, text.replace(from, to));
  }

  /** What the layout without a hash of its own would have held. */
  private void asBefore(String from, String to) throws IOException {
    change("\"format\" : 3", "\"format\" : 1");
    String text = Files.readString(file);
    Files.writeString(file, text.replaceAll(",\\s*\"hash\" : \"[0-9a-f]+\"", ""));
    StoredCheckpoint.read(folder);
    change(from, to);
  }

  @Test
  void refusesEveryChangedBit() throws IOException {
    byte[] good = Files.readAllBytes(file);
    for (int bit = 0; bit < 8 * good.length; bit++) {
      byte[] bad = good.clone();
      bad[bit / 8] ^= (byte) (1 << bit % 8);
      Files.write(file, bad);
      assertThat(refusal()).as("bit %s", bit).startsWith(file.toString());
    }
  }

  @Test
  void refusesAnotherStepAndAMissingHash() throws IOException {
    change("\"step\" : 16", "\"step\" : 56");
    assertThat(refusal())
        .isEqualTo(
            file
                + " is damaged: its content is not what its own hash was taken of. Use another"
                + " checkpoint or a copy of this one");
    change("\"step\" : 56", "\"step\" : 16");
    StoredCheckpoint.read(folder);
    change("\"hash\"", "\"hush\"");
    assertThat(refusal()).startsWith(file + " is damaged: ");
  }

  @Test
  void toleratesOtherLineEndsAndIndentation() throws IOException {
    Files.writeString(file, Files.readString(file).replace("\n", "\r\n").replace("  ", "\t"));

    assertThat(StoredCheckpoint.read(folder).progress().step()).isEqualTo(16);
  }

  @Test
  void readsTheLayoutBefore() throws IOException {
    asBefore("\"step\" : 16", "\"step\" : 17");

    CheckpointMetadata progress = StoredCheckpoint.read(folder).progress();

    assertThat(progress.step()).isEqualTo(17);
    assertThat(progress.withFiles(Map.of()).format()).isEqualTo(3);
  }

  @Test
  void storesTheProvenance() throws IOException {
    CheckpointMetadata progress = StoredCheckpoint.read(folder).progress();
    assertThat(progress.provenance()).isEmpty();
    Map<String, String> facts = Map.of("java", "17", "processor", "märchen (avx)");
    CheckpointMetadataFile.write(folder, progress.withProvenance(facts));
    assertThat(StoredCheckpoint.read(folder).progress().provenance()).isEqualTo(facts);
  }

  @Test
  void refusesANegativeStepAndAMissingFingerprint() throws IOException {
    asBefore("\"step\" : 16", "\"step\" : -5");
    assertThat(refusal()).contains(file + ", line 3: step is -5; at least 0 expected");
    change("\"step\" : -5", "\"step\" : 16");
    change(",\n      \"fingerprint\" : \"e9c02a6b\"", "");
    assertThat(refusal()).startsWith(file.toString()).contains("fingerprint is missing");
  }

  @Test
  void refusesFilesWithoutHashes() throws IOException {
    String text = Files.readString(file);
    asBefore("\"files\" :", "\"files\" : {}, \"was\" :");
    assertThat(refusal()).contains("unknown key 'was'");
    String emptied = text.replaceAll("(?s)\"files\" : \\{[^}]*}", "\"files\" : { }");
    Files.writeString(
        file,
        emptied
            .replace("\"format\" : 3", "\"format\" : 1")
            .replaceAll(",\\s*\"hash\" : \"[0-9a-f]+\"", ""));
    assertThat(refusal())
        .isEqualTo(file + ": files has no hash of model.safetensors, which is expected");
  }

  @Test
  void refusesAFileThatIsNotListed() throws IOException {
    Files.copy(folder.resolve("model.safetensors"), folder.resolve("memory.safetensors"));

    assertThat(refusal())
        .startsWith(folder.resolve("memory.safetensors") + " has no hash in progress.json");
  }

  @Test
  void readsNoFileThatACheckpointDoesNotHave() throws IOException {
    for (String name :
        new String[] {"/dev/zero", "../../etc/passwd", "config.yaml", "x".repeat(40_000)}) {
      byte[] good = Files.readAllBytes(file);
      asBefore(
          "\"files\" : {",
          "\"files\" : {\"%s\" : \"%s\", ".formatted(name, HASH)); // Of a stranger's model.
      assertThat(refusal())
          .hasSizeLessThan(300 + file.toString().length())
          .startsWith(file + ": files names '" + name.substring(0, Math.min(60, name.length())))
          .endsWith(
              "'; a checkpoint has model.safetensors, optimizer.safetensors, memory.safetensors,"
                  + " and no other file");
      Files.write(file, good);
    }
  }

  @Test
  void readsNoDevice() throws IOException {
    Path model = folder.resolve("model.safetensors");
    Files.delete(model);
    Files.createDirectory(model);

    assertThat(refusal()).isEqualTo(model + " is not a regular file");
  }

  @Test
  void refusesAHashThatIsNone() throws IOException {
    asBefore(Sha256.of(folder.resolve("optimizer.safetensors")), "nonsense");

    assertThat(refusal())
        .isEqualTo(
            file
                + ": the hash of optimizer.safetensors is not a SHA-256 hash of 64 hexadecimal digits");
  }

  @Test
  void refusesNewerLayouts() throws IOException {
    Files.write(file, "{\"format\": 4}".getBytes(StandardCharsets.UTF_8));
    assertThat(refusal())
        .isEqualTo(
            file
                + ": format is 4; this version of ebt reads 1 to 3: use the newer ebt that wrote it");
    Files.writeString(file, "{\"format\": 2, \"step\"");
    assertThat(refusal()).startsWith(file + ", line 1: not JSON: ");
  }
}
