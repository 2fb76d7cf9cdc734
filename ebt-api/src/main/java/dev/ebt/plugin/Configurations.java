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
 * Reads configurations: defaults, under a recipe, under a file, under single values ({@code
 * --set}). All that is wrong is told at once; nothing is ignored.
 */
public final class Configurations {
  /** The parts that every run has one of, by their keys. */
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
   * A configuration with every default filled in.
   *
   * @param recipe the name of a recipe to begin with, if any
   * @param file YAML, or JSON if its name ends so
   * @param overrides {@code path=value} each
   * @throws UserException with everything that is wrong
   */
  public static RunConfiguration load(
      Catalog catalog, @Nullable String recipe, @Nullable Path file, List<String> overrides) {
    return read(catalog, recipe, file, overrides).configuration();
  }

  /** The same, with where its values came from. */
  public static ResolvedConfiguration read(
      Catalog catalog, @Nullable String recipe, @Nullable Path file, List<String> overrides) {
    Problems problems = new Problems();
    Document document = document(catalog, recipe, file, problems);
    return resolve(catalog, set(catalog, document, overrides, problems), problems);
  }

  /**
   * The name of the modality that {@link #load} would find; nothing else is looked at. What is
   * wrong is told by loading.
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
   * The same for a text that is in no file.
   *
   * @param source what to call it in messages
   */
  public static RunConfiguration parse(
      Catalog catalog, String source, String text, List<String> overrides) {
    Problems problems = new Problems();
    Document document = Document.parse(source, text, problems).over(defaults());
    return resolve(catalog, set(catalog, document, overrides, problems), problems).configuration();
  }

  /** The YAML of a configuration: complete, and equal to it when read again. */
  public static String write(RunConfiguration configuration) {
    return YamlText.of(Binding.tree(configuration));
  }

  /** The names of the parts that a run has when nothing else is said. */
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

  /** Names come first, so that the settings beside them are those of the part that is meant. */
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
   * Where nothing says how fast to learn, or how far to step, sizes of other parts do.
   *
   * @return whether they did
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

  /** The settings of a part, if they are right and know what suits them. */
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

  /** The choice written out; empty if it is none, or a wrong one. */
  private static Optional<ObjectNode> resolve(
      JsonNode choice, PartKind kind, PartReader parts, String path) {
    return PartSettings.readable(choice)
        ? parts.resolve(kind, PartSettings.read(choice), path).map(PartSettings::write)
        : Optional.empty();
  }
}
