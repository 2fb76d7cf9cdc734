package dev.ebt.plugin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ebt.config.Assignment;
import dev.ebt.config.Binding;
import dev.ebt.config.Document;
import dev.ebt.config.Origin;
import dev.ebt.config.Overrides;
import dev.ebt.config.Problems;
import dev.ebt.config.RecordReader;
import dev.ebt.config.YamlWriter;
import dev.ebt.error.Required;
import dev.ebt.error.UserException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Utilities to read configurations: defaults, overridden by a recipe, a file, and single values
 * ({@code --set}), in this order. All problems are reported at once; nothing is ignored.
 */
public final class Configurations {
  static final String STEP_SIZE = "thinking.stepSize";

  /** The kinds of which every run has exactly one part, by their keys. */
  private static final Map<String, PartKind> SINGLE = new LinkedHashMap<>();

  static {
    SINGLE.put("backend", PartKind.BACKEND);
    SINGLE.put("modality", PartKind.MODALITY);
    SINGLE.put("data", PartKind.DATASET);
    SINGLE.put("model", PartKind.MODEL);
    SINGLE.put("objective", PartKind.OBJECTIVE);
    SINGLE.put("optimizer", PartKind.OPTIMIZER);
    SINGLE.put(ScheduleSettings.KEY, PartKind.SCHEDULE);
    SINGLE.put("clip", PartKind.TRANSFORM);
  }

  /** The kinds of which a run has any number of parts, by their keys. */
  private static final Map<String, PartKind> LISTS =
      Map.of(
          "regularizers",
          PartKind.REGULARIZER,
          "metrics",
          PartKind.METRIC,
          "monitors",
          PartKind.MONITOR);

  private Configurations() {}

  /**
   * Reads a configuration and fills in every default.
   *
   * @param recipe the name of a recipe to start from, if any
   * @param file YAML, or JSON if its name ends in {@code .json}
   * @param overrides the values that override those of the recipe and the file
   * @throws UserException listing every problem
   */
  public static RunConfiguration load(
      Catalog catalog, @Nullable String recipe, @Nullable Path file, Overrides overrides) {
    return read(catalog, recipe, file, overrides).configuration();
  }

  /**
   * Reads the configuration of a training that begins, like {@link #read}. Its step size may be
   * {@code auto}: see {@link ResolvedConfiguration#measuresStepSize}.
   */
  public static ResolvedConfiguration readForTraining(
      Catalog catalog, @Nullable String recipe, @Nullable Path file, Overrides overrides) {
    Problems problems = new Problems();
    Document document = document(catalog, recipe, file, problems);
    return resolve(catalog, document, overrides, problems, true);
  }

  /** Reads a configuration like {@link #load}, with the origins of its values. */
  public static ResolvedConfiguration read(
      Catalog catalog, @Nullable String recipe, @Nullable Path file, Overrides overrides) {
    Problems problems = new Problems();
    Document document = document(catalog, recipe, file, problems);
    return resolve(catalog, document, overrides, problems);
  }

  /**
   * Returns the name of the modality that {@link #load} would find. Nothing else is checked, and
   * problems are left to loading.
   */
  public static String modality(
      Catalog catalog, @Nullable String recipe, @Nullable Path file, Overrides overrides) {
    return written(catalog, recipe, file, overrides, "modality")
        .orElseGet(() -> RunConfiguration.defaults().modality())
        .name();
  }

  /**
   * Returns the dataset that {@link #load} would find, with the settings that are written. Nothing
   * else is checked, and problems are left to loading.
   */
  public static PartSettings data(
      Catalog catalog, @Nullable String recipe, @Nullable Path file, Overrides overrides) {
    return written(catalog, recipe, file, overrides, "data")
        .orElseGet(() -> RunConfiguration.defaults().data());
  }

  private static Optional<PartSettings> written(
      Catalog catalog,
      @Nullable String recipe,
      @Nullable Path file,
      Overrides overrides,
      String key) {
    Problems problems = new Problems();
    Document document =
        set(catalog, document(catalog, recipe, file, problems), overrides, problems);
    JsonNode choice = document.root().path(key);
    return PartSettings.readable(choice)
        ? Optional.of(PartSettings.read(choice))
        : Optional.empty();
  }

  private static Document document(
      Catalog catalog, @Nullable String recipe, @Nullable Path file, Problems problems) {
    Document document = defaults();
    if (recipe != null) {
      Document text = Document.parse(Origin.recipe(recipe), catalog.recipe(recipe), problems);
      document = ShortForms.expand(text, problems).over(document);
    }
    return file == null
        ? document
        : ShortForms.expand(Document.read(file, origin(file), problems), problems).over(document);
  }

  /** Returns the origin of values in a file, which is a bundled model where that has the file. */
  private static Origin origin(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    return Optional.ofNullable(folder)
        .flatMap(BundledModelFolders::nameOf)
        .map(name -> Origin.file("bundled model '" + name + "'"))
        .orElseGet(() -> Origin.file(file.toString()));
  }

  /**
   * Reads a configuration like {@link #load}, from a text instead of a file.
   *
   * @param source the name of the text in messages
   */
  public static RunConfiguration parse(
      Catalog catalog, String source, String text, Overrides overrides) {
    return read(catalog, source, text, overrides).configuration();
  }

  /** Reads a configuration like {@link #parse}, with the origins of its values. */
  public static ResolvedConfiguration read(
      Catalog catalog, String source, String text, Overrides overrides) {
    Problems problems = new Problems();
    Document parsed = Document.parse(Origin.file(source), text, problems);
    Document document = ShortForms.expand(parsed, problems).over(defaults());
    return resolve(catalog, document, overrides, problems);
  }

  /** Returns the complete YAML of a configuration; reading it gives an equal configuration. */
  public static String write(RunConfiguration configuration) {
    return YamlWriter.of(Binding.tree(configuration));
  }

  /** Returns a document of the default part names. */
  private static Document defaults() {
    ObjectNode all = Binding.tree(RunConfiguration.defaults());
    ObjectNode names = all.objectNode();
    Map<String, Origin> origins = new HashMap<>();
    SINGLE
        .keySet()
        .forEach(
            key -> {
              names.set(key, all.get(key));
              origins.put(key, Origin.DEFAULT);
            });
    return new Document(names, origins);
  }

  private static Document set(
      Catalog catalog, Document document, Overrides overrides, Problems problems) {
    SharedSettings other = new SharedSettings(catalog);
    MisplacedKeyHint misplaced = new MisplacedKeyHint(catalog, SINGLE);
    for (Assignment each : overrides.checked(problems)) {
      Optional<String> elsewhere = misplaced.hint(document, each.path());
      if (elsewhere.isPresent()) {
        problems.add(each.origin().place(), elsewhere.get());
      } else if (!ScheduleSettings.inapplicable(catalog, document, each)) {
        document = other.keep(document, document.with(ShortForms.expand(each), problems));
      }
    }
    return document;
  }

  private static ResolvedConfiguration resolve(
      Catalog catalog, Document written, Overrides overrides, Problems problems) {
    return resolve(catalog, written, overrides, problems, false);
  }

  private static ResolvedConfiguration resolve(
      Catalog catalog,
      Document written,
      Overrides overrides,
      Problems problems,
      boolean beginning) {
    Document document = set(catalog, written, overrides, problems);
    ObjectNode root = document.root().deepCopy();
    RecordReader records = new RecordReader(document, problems);
    PartReader parts = new PartReader(catalog, document, problems);
    Document defaults = defaults();
    for (String key : SINGLE.keySet()) {
      if (root.path(key).isNull()) {
        root.set(key, defaults.root().get(key));
      }
    }
    Map<String, Origin> origins = new HashMap<>(document.origins());
    DerivedSettings derived = new DerivedSettings(catalog, root, origins);
    derived.endOfSchedule();
    SINGLE.forEach(
        (key, kind) ->
            resolve(root.path(key), kind, parts, key).ifPresent(part -> root.set(key, part)));
    derived.learningRate(settings(root, parts, "model"));
    boolean measured = derived.takeAuto();
    if (measured && !beginning) {
      problems.add(
          Required.of(origins, STEP_SIZE).place(),
          STEP_SIZE
              + " is auto, which train measures before a training begins; a number expected here");
    }
    derived.stepSize(settings(root, parts, "modality"));
    if (measured) {
      origins.put(STEP_SIZE, Origin.MEASURED);
    }
    if (root.get("thinking") instanceof ObjectNode thinking) {
      resolve(thinking.path("optimizer"), PartKind.OPTIMIZER, parts, "thinking.optimizer")
          .ifPresent(part -> thinking.set("optimizer", part));
      resolve(thinking.path("stop"), PartKind.STOP, parts, "thinking.stop")
          .ifPresent(part -> thinking.set("stop", part));
      resolve(thinking.path("select"), PartKind.SELECT, parts, "thinking.select")
          .ifPresent(part -> thinking.set("select", part));
      resolve(thinking.path("repel"), PartKind.REPEL, parts, "thinking.repel")
          .ifPresent(part -> thinking.set("repel", part));
      resolveAll(thinking.path("energies"), PartKind.ENERGY, parts, "thinking.energies");
    }
    LISTS.forEach((key, kind) -> resolveAll(root.path(key), kind, parts, key));
    RunConfiguration configuration =
        records.read(RunConfiguration.class, root, "").orElseGet(RunConfiguration::defaults);
    problems.throwIfAny();
    return new ResolvedConfiguration(configuration, origins, overrides);
  }

  /** Returns the settings of a part, if they are valid. */
  private static Optional<Record> settings(ObjectNode root, PartReader parts, String part) {
    JsonNode choice = root.path(part);
    return PartSettings.readable(choice)
        ? parts.settings(Required.of(SINGLE, part), PartSettings.read(choice))
        : Optional.empty();
  }

  /** Writes out every setting of the choices in a list. */
  private static void resolveAll(JsonNode choices, PartKind kind, PartReader parts, String path) {
    if (choices instanceof ArrayNode list) {
      for (int i = 0; i < list.size(); i++) {
        int index = i;
        resolve(list.get(i), kind, parts, path + "." + i).ifPresent(part -> list.set(index, part));
      }
    }
  }

  /** Returns the choice with every setting written out; empty if it is missing or invalid. */
  private static Optional<ObjectNode> resolve(
      JsonNode choice, PartKind kind, PartReader parts, String path) {
    return PartSettings.readable(choice)
        ? parts.resolve(kind, PartSettings.read(choice), path).map(PartSettings::write)
        : Optional.empty();
  }
}
