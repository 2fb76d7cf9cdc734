package dev.ebt.plugin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ebt.config.Binding;
import dev.ebt.config.Document;
import dev.ebt.config.Problems;
import dev.ebt.config.RecordReader;
import dev.ebt.config.YamlText;
import dev.ebt.energy.RateOfSize;
import dev.ebt.error.UserException;
import dev.ebt.modality.StepOfSize;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Utilities to read configurations: defaults, overridden by a recipe, a file, and single values
 * ({@code --set}), in this order. All problems are reported at once; nothing is ignored.
 */
public final class Configurations {
  /** The kinds of which every run has exactly one part, by their keys. */
  private static final Map<String, PartKind> SINGLE = new LinkedHashMap<>();

  static {
    SINGLE.put("backend", PartKind.BACKEND);
    SINGLE.put("modality", PartKind.MODALITY);
    SINGLE.put("data", PartKind.DATASET);
    SINGLE.put("model", PartKind.MODEL);
    SINGLE.put("objective", PartKind.OBJECTIVE);
    SINGLE.put("optimizer", PartKind.OPTIMIZER);
  }

  private Configurations() {}

  /**
   * Reads a configuration and fills in every default.
   *
   * @param recipe the name of a recipe to start from, if any
   * @param file YAML, or JSON if its name ends in {@code .json}
   * @param overrides {@code path=value} each
   * @throws UserException listing every problem
   */
  public static RunConfiguration load(
      Catalog catalog, @Nullable String recipe, @Nullable Path file, List<String> overrides) {
    return read(catalog, recipe, file, overrides).configuration();
  }

  /** Reads a configuration like {@link #load}, with the origins of its values. */
  public static ResolvedConfiguration read(
      Catalog catalog, @Nullable String recipe, @Nullable Path file, List<String> overrides) {
    Problems problems = new Problems();
    Document document = document(catalog, recipe, file, problems);
    return resolve(catalog, set(catalog, document, overrides, problems), problems);
  }

  /**
   * Returns the name of the modality that {@link #load} would find. Nothing else is checked, and
   * problems are left to loading.
   */
  public static String modality(
      Catalog catalog, @Nullable String recipe, @Nullable Path file, List<String> overrides) {
    Problems problems = new Problems();
    Document document =
        set(catalog, document(catalog, recipe, file, problems), overrides, problems);
    JsonNode choice = document.root().path("modality");
    return PartSettings.readable(choice)
        ? PartSettings.read(choice).name()
        : RunConfiguration.defaults().modality().name();
  }

  private static Document document(
      Catalog catalog, @Nullable String recipe, @Nullable Path file, Problems problems) {
    Document document = defaults();
    if (recipe != null) {
      document =
          Document.parse("recipe '" + recipe + "'", catalog.recipe(recipe), problems)
              .over(document);
    }
    return file == null ? document : Document.read(file, problems).over(document);
  }

  /**
   * Reads a configuration like {@link #load}, from a text instead of a file.
   *
   * @param source the name of the text in messages
   */
  public static RunConfiguration parse(
      Catalog catalog, String source, String text, List<String> overrides) {
    Problems problems = new Problems();
    Document document = Document.parse(source, text, problems).over(defaults());
    return resolve(catalog, set(catalog, document, overrides, problems), problems).configuration();
  }

  /** Returns the complete YAML of a configuration; reading it gives an equal configuration. */
  public static String write(RunConfiguration configuration) {
    return YamlText.of(Binding.tree(configuration));
  }

  /** Returns a document of the default part names. */
  private static Document defaults() {
    ObjectNode all = Binding.tree(RunConfiguration.defaults());
    ObjectNode names = all.objectNode();
    Map<String, String> places = new HashMap<>();
    SINGLE
        .keySet()
        .forEach(
            key -> {
              names.set(key, all.get(key));
              places.put(key, "the default");
            });
    return new Document(names, places);
  }

  /**
   * Applies the overrides, names first, so that the settings beside them are those of the named
   * part.
   */
  private static Document set(
      Catalog catalog, Document document, List<String> overrides, Problems problems) {
    List<String> ordered = new ArrayList<>(overrides);
    ordered.sort(
        Comparator.comparingLong((String o) -> path(o).chars().filter(c -> c == '.').count())
            .thenComparing(o -> !path(o).endsWith(".name")));
    CarriedOverSettings other = new CarriedOverSettings(catalog);
    MisplacedKeyHint misplaced = new MisplacedKeyHint(catalog, SINGLE);
    Set<String> seen = new HashSet<>();
    for (String override : ordered) {
      if (!seen.add(path(override))) {
        problems.add("--set " + override, path(override) + " is set twice; once expected");
      }
      Optional<String> elsewhere = misplaced.hint(document, path(override));
      if (elsewhere.isPresent()) {
        problems.add("--set " + override, elsewhere.get());
      } else {
        document = other.keep(document, document.with(override, problems));
      }
    }
    return document;
  }

  private static String path(String override) {
    int equals = override.indexOf('=');
    return equals < 0 ? override : override.substring(0, equals);
  }

  private static ResolvedConfiguration resolve(
      Catalog catalog, Document document, Problems problems) {
    ObjectNode root = document.root().deepCopy();
    RecordReader records = new RecordReader(document, problems);
    PartReader parts = new PartReader(catalog, document, problems);
    SINGLE.forEach(
        (key, kind) ->
            resolve(root.path(key), kind, parts, key).ifPresent(part -> root.set(key, part)));
    Map<String, String> derived = new HashMap<>();
    boolean rate =
        suit(
            root,
            "training",
            "learningRate",
            suited(root, parts, "model", RateOfSize.class).map(RateOfSize::suitableRate));
    if (rate) {
      derived.put("training.learningRate", "the sizes of the model");
    }
    boolean step =
        suit(
            root,
            "thinking",
            "stepSize",
            suited(root, parts, "modality", StepOfSize.class).map(StepOfSize::suitableStepSize));
    if (step) {
      derived.put("thinking.stepSize", "the sizes of the modality");
    }
    if (root.get("thinking") instanceof ObjectNode thinking) {
      resolve(thinking.path("optimizer"), PartKind.OPTIMIZER, parts, "thinking.optimizer")
          .ifPresent(part -> thinking.set("optimizer", part));
    }
    if (root.get("regularizers") instanceof ArrayNode list) {
      for (int i = 0; i < list.size(); i++) {
        int index = i;
        resolve(list.get(i), PartKind.REGULARIZER, parts, "regularizers." + i)
            .ifPresent(part -> list.set(index, part));
      }
    }
    RunConfiguration configuration =
        records.read(RunConfiguration.class, root, "").orElseGet(RunConfiguration::defaults);
    problems.throwIfAny();
    return new ResolvedConfiguration(configuration, document.places(), derived);
  }

  /**
   * Fills in a missing learning rate or step size with the value derived from the sizes of other
   * parts.
   *
   * @return whether the value was filled in
   */
  private static boolean suit(ObjectNode root, String group, String key, Optional<Double> value) {
    JsonNode settings = root.path(group);
    boolean open = settings.isMissingNode() || settings.isObject();
    if (!open || settings.has(key) || value.isEmpty()) {
      return false;
    }
    root.withObject("/" + group).put(key, value.get());
    return true;
  }

  /** Returns the settings of a part, if they are valid and can derive the value. */
  private static <T> Optional<T> suited(
      ObjectNode root, PartReader parts, String part, Class<T> knowing) {
    JsonNode choice = root.path(part);
    return PartSettings.readable(choice)
        ? parts
            .settings(SINGLE.get(part), PartSettings.read(choice))
            .filter(knowing::isInstance)
            .map(knowing::cast)
        : Optional.empty();
  }

  /** Returns the choice with every setting written out; empty if it is missing or invalid. */
  private static Optional<ObjectNode> resolve(
      JsonNode choice, PartKind kind, PartReader parts, String path) {
    return PartSettings.readable(choice)
        ? parts.resolve(kind, PartSettings.read(choice), path).map(PartSettings::write)
        : Optional.empty();
  }
}
