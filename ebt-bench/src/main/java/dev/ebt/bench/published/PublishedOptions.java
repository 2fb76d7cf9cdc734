package dev.ebt.bench.published;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ebt.config.Document;
import dev.ebt.config.Origin;
import dev.ebt.config.Problems;
import dev.ebt.error.ReasonText;
import dev.ebt.error.UnknownName;
import dev.ebt.error.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Hyperparameters under the names of the published code. {@code options.yaml} lists all of them.
 *
 * @param source their origin in messages: a file name
 * @param values values by name; missing ones have their published default
 */
public record PublishedOptions(String source, ObjectNode values) {
  private static final ObjectNode TABLE = table();

  /** The model that a set of options describes. */
  public enum Kind {
    /** The autoregressive EBT. */
    TEXT,
    /** Transformer++. */
    BASELINE,
    /** The bidirectional EBT for image denoising. */
    IMAGES
  }

  /**
   * Reads a file: a JSON mapping of options, at the top level or under {@code hparams}.
   *
   * @throws UserException naming the file and each unknown option
   */
  public static PublishedOptions read(Path file) {
    try {
      JsonNode root = new ObjectMapper().readTree(Files.readString(file));
      JsonNode values = root.path("hparams").isObject() ? root.path("hparams") : root;
      if (!(values instanceof ObjectNode options)) {
        throw new UserException(file + ": expected a JSON mapping of options to values");
      }
      Set<String> known = known();
      options
          .fieldNames()
          .forEachRemaining(
              name -> {
                if (!known.contains(name)) {
                  throw new UserException(file + ": " + unknown(name, known));
                }
              });
      return new PublishedOptions(file.toString(), options);
    } catch (NoSuchFileException e) {
      throw new UserException(file + ": no such file", e);
    } catch (IOException e) {
      throw new UserException(file + ": not readable as JSON: " + ReasonText.of(e), e);
    }
  }

  private static String unknown(String name, Set<String> known) {
    String nearest =
        UnknownName.nearest(name, known).map(near -> ": did you mean '" + near + "'?").orElse("");
    return "'" + name + "' is not an option of the published code" + nearest;
  }

  /** Returns all option names. */
  private static Set<String> known() {
    Set<String> known = new TreeSet<>();
    TABLE.path("model").fieldNames().forEachRemaining(known::add);
    TABLE.path("learning").fieldNames().forEachRemaining(known::add);
    TABLE.path("only").forEach(only -> only.fieldNames().forEachRemaining(known::add));
    TABLE.path("dropped").forEach(name -> known.add(name.asText()));
    return known;
  }

  /**
   * Returns the defaults of all options that affect the model, and the only supported values of the
   * others.
   */
  static ObjectNode defaults(Kind kind) {
    ObjectNode defaults = ((ObjectNode) TABLE.path("model")).deepCopy();
    if (kind != Kind.IMAGES) {
      List.of("image_dims", "patch_size", "denoise_images_noise_level").forEach(defaults::remove);
      defaults.remove("randomize_denoise_images_noise_level");
    }
    return defaults.setAll((ObjectNode) TABLE.path("only").path(section(kind)));
  }

  private static String section(Kind kind) {
    return kind == Kind.IMAGES ? "images" : "text";
  }

  /**
   * Returns the described model.
   *
   * @throws UserException if it is not supported
   */
  public Kind kind() {
    String modality = text("modality");
    String model = text("model_name");
    if (modality.equals("NLP") && model.equals("ebt")) {
      return Kind.TEXT;
    }
    if (modality.equals("NLP") && model.equals("baseline_transformer")) {
      return Kind.BASELINE;
    }
    if (modality.equals("IMG") && model.equals("ebt")) {
      return Kind.IMAGES;
    }
    throw new UserException(
        String.format(
            Locale.ROOT,
            "%s: modality %s with model_name %s is not supported; allowed: NLP with ebt or"
                + " baseline_transformer, IMG with ebt",
            source,
            modality,
            model));
  }

  /** Returns options with unsupported values, as {@code option=value}. */
  public List<String> unsupported() {
    List<String> found = new ArrayList<>();
    if (kind() == Kind.BASELINE) {
      return found;
    }
    if (kind() == Kind.TEXT) {
      TABLE.path("choices").properties().forEach(c -> check(c.getKey(), c.getValue(), found));
    }
    TABLE
        .path("only")
        .path(section(kind()))
        .properties()
        .forEach(
            only -> {
              JsonNode value = value(only.getKey());
              boolean same =
                  value.isNumber()
                      ? value.asDouble() == only.getValue().asDouble()
                      : value.equals(only.getValue());
              if (!same) {
                found.add(only.getKey() + "=" + value.asText());
              }
            });
    return found;
  }

  private void check(String name, JsonNode choices, List<String> unsupported) {
    String wanted = text(name);
    for (JsonNode choice : choices) {
      if (choice.asText().equals(wanted)) {
        return;
      }
    }
    unsupported.add(name + "=" + wanted);
  }

  /** Returns true if the option is set. */
  boolean has(String name) {
    return values.hasNonNull(name);
  }

  /** Returns the value, or the published default. */
  JsonNode value(String name) {
    if (has(name)) {
      return values.get(name);
    }
    JsonNode model = TABLE.path("model").path(name);
    JsonNode learning = TABLE.path("learning").path(name);
    JsonNode only = TABLE.path("only").path("text").path(name);
    JsonNode found = model.isMissingNode() ? learning.isMissingNode() ? only : learning : model;
    return found.isMissingNode() ? TABLE.path("only").path("images").path(name) : found;
  }

  /** Returns a text. */
  public String text(String name) {
    return value(name).asText();
  }

  /** Returns a number. */
  public double number(String name) {
    JsonNode value = value(name);
    if (!value.isNumber()) {
      throw mistyped(name, value, "a number");
    }
    return value.asDouble();
  }

  /** Returns an integer. */
  public int count(String name) {
    double number = number(name);
    if (number != Math.rint(number) || Math.abs(number) > Integer.MAX_VALUE) {
      throw mistyped(name, value(name), "an integer");
    }
    return (int) number;
  }

  /** Returns a boolean. */
  public boolean on(String name) {
    JsonNode value = value(name);
    if (!value.isBoolean()) {
      throw mistyped(name, value, "true or false");
    }
    return value.asBoolean();
  }

  /** Returns the exception for an option with a value of the wrong type. */
  UserException mistyped(String name, JsonNode value, String expected) {
    return new UserException(
        String.format(Locale.ROOT, "%s: %s is %s; expected %s", source, name, value, expected));
  }

  private static ObjectNode table() {
    try (InputStream yaml = PublishedOptions.class.getResourceAsStream("options.yaml")) {
      String text = new String(yaml.readAllBytes(), StandardCharsets.UTF_8);
      Problems problems = new Problems();
      ObjectNode table = Document.parse(Origin.file("options.yaml"), text, problems).root();
      problems.throwIfAny();
      return table;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
