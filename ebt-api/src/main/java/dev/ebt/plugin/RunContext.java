package dev.ebt.plugin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ebt.config.Binding;
import dev.ebt.config.Problems;
import dev.ebt.energy.EnergyTerm;
import dev.ebt.error.SettingException;
import dev.ebt.error.UserException;
import dev.ebt.modality.Modality;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The context of a run: creates its parts, of which the scope of the run owns the closeable ones.
 */
final class RunContext implements PartContext {
  private final Catalog catalog;
  private final RunConfiguration configuration;
  private final PartOrigins origins;
  private final Provider<Modality> modality;
  private final RunScope scope;
  private final RunFolder folder;
  private final PerformanceHint hint;
  private final ProgressListener progress;
  private final Map<PartChoice, HasArtifacts> artifacts = new LinkedHashMap<>();
  private boolean makingModality;

  @Inject
  RunContext(
      Catalog catalog,
      ResolvedConfiguration resolved,
      RunFolder folder,
      RunScope scope,
      PerformanceHint hint,
      ProgressListener progress,
      Provider<Modality> modality) {
    this.catalog = catalog;
    this.configuration = resolved.configuration();
    this.origins = new PartOrigins(resolved);
    this.folder = folder;
    this.scope = scope;
    this.hint = hint;
    this.progress = progress;
    this.modality = modality;
  }

  @Override
  public Modality modality() {
    if (makingModality) {
      throw new IllegalStateException(
          "modality '" + configuration.modality().name() + "' asks for itself while it is made");
    }
    return modality.get();
  }

  /** Creates the modality of the run. */
  Modality makeModality() {
    makingModality = true;
    try {
      return part(Modality.class, configuration.modality());
    } finally {
      makingModality = false;
    }
  }

  @Override
  public int landscapes() {
    return configuration.thinking().hyperparameters().landscapes();
  }

  @Override
  public long seed() {
    return configuration.seed();
  }

  @Override
  public Record data() {
    return chosen(PartKind.DATASET, configuration.data()).settings();
  }

  /** Returns the hint of the run, which only sequences that are embedded by element can meet. */
  @Override
  public PerformanceHint performanceHint() {
    return hint == PerformanceHint.LATENCY && modality().embedsElementwise()
        ? PerformanceHint.LATENCY
        : PerformanceHint.THROUGHPUT;
  }

  @Override
  public ProgressListener progress() {
    return progress;
  }

  @Override
  public Path file(String path) {
    return folder.file(path);
  }

  @Override
  public EnergyTerm energy(Path run, String checkpoint) {
    return new OtherRun(catalog, BundledModelFolders.folder(catalog, run), scope)
        .energy(checkpoint, configuration, modality.get());
  }

  /**
   * Returns the configuration and files that recreate the parts created so far, and those that are
   * not created but refer to stored files, such as the data of a bundled model.
   */
  RunArtifacts artifacts() {
    RunConfiguration resolved = configuration;
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (Map.Entry<PartChoice, HasArtifacts> part : artifacts.entrySet()) {
      PartSettings choice = part.getKey().settings();
      PartSettings again =
          new PartSettings(choice.name(), Binding.tree(part.getValue().settings()));
      resolved = part.getKey().replacedIn(resolved, again);
      part.getValue().files().forEach((name, content) -> keep(files, choice, name, content));
    }
    stored(Binding.tree(resolved), files);
    return new RunArtifacts(resolved, files);
  }

  /** Adds files that the configuration names in the folder of the run that it was taken from. */
  private void stored(JsonNode node, Map<String, byte[]> files) {
    String text = node.asText();
    if (text.startsWith(HasArtifacts.FOLDER) && !files.containsKey(text)) {
      folder.stored(text).ifPresent(content -> files.put(text, content));
    }
    node.forEach(child -> stored(child, files));
  }

  private static void keep(
      Map<String, byte[]> files, PartSettings part, String name, byte[] content) {
    byte[] before = files.putIfAbsent(name, content);
    if (before != null && !Arrays.equals(before, content)) {
      throw new UserException(
          "part '"
              + part.name()
              + "' keeps another file "
              + name
              + " than a part before it; a name of its own expected, which its plugin gives it");
    }
  }

  @Override
  public <T> T part(Class<T> kind, PartSettings choice) {
    PartKind partKind = PartKind.of(kind);
    PartReader.Chosen<?> chosen = chosen(partKind, choice);
    T part;
    try {
      part =
          PluginCall.create(
              catalog.source(partKind, choice.name()),
              partKind.noun() + " '" + choice.name() + "'",
              () -> kind.cast(chosen.create(this)));
    } catch (SettingException e) {
      throw origins.located(e, partKind, choice);
    }
    if (part instanceof AutoCloseable closeable) {
      scope.own(closeable);
    }
    if (part instanceof HasArtifacts hasArtifacts) {
      artifacts.put(new PartChoice(partKind, choice), hasArtifacts);
    }
    return part;
  }

  private PartReader.Chosen<?> chosen(PartKind partKind, PartSettings choice) {
    Problems problems = new Problems();
    var chosen =
        new PartReader(catalog, origins.document(), problems)
            .choose(partKind, choice, origins.path(partKind, choice));
    problems.throwIfAny();
    return chosen.orElseThrow();
  }
}
