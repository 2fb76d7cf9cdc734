package dev.ebt.plugin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ebt.config.Binding;
import dev.ebt.config.Document;
import dev.ebt.config.Problems;
import dev.ebt.config.RecordReader;
import dev.ebt.error.UserException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Optional;

/** A reader of part choices into the settings record of the factory with that name. */
final class PartReader {
  private final Catalog catalog;
  private final Document document;
  private final Problems problems;
  private final RecordReader records;

  PartReader(Catalog catalog, Document document, Problems problems) {
    this.catalog = catalog;
    this.document = document;
    this.problems = problems;
    this.records = new RecordReader(document, problems);
  }

  /** A factory and the settings to create its part from. */
  record Chosen<C extends Record>(Factory<?, C> factory, C settings) {
    Object create(PartContext context) {
      return factory.create(settings, context);
    }
  }

  /**
   * Returns the part chosen at a path; empty if its name or settings are invalid, which is
   * reported.
   */
  Optional<Chosen<?>> choose(PartKind kind, PartSettings choice, String path) {
    Factory<?, ?> factory;
    try {
      factory = catalog.get(kind, choice.name());
    } catch (UserException e) {
      problems.add(document.place(path + ".name"), String.valueOf(e.getMessage()));
      return Optional.empty();
    }
    if (!kind.isWeighted()) {
      return read(factory, choice, path);
    }
    int before = problems.count();
    records.read(Weight.class, Weight.of(choice), path);
    Optional<Chosen<?>> chosen = read(factory, Weight.removed(choice), path);
    return problems.count() > before ? Optional.empty() : chosen;
  }

  /**
   * Returns the settings of a choice; empty if its name or settings are invalid, which is reported
   * elsewhere.
   */
  Optional<Record> settings(PartKind kind, PartSettings choice) {
    Problems untold = new Problems();
    return new PartReader(catalog, document, untold).choose(kind, choice, "").map(Chosen::settings);
  }

  private <C extends Record> Optional<Chosen<?>> read(
      Factory<?, C> factory, PartSettings choice, String path) {
    return records
        .read(factory.settings(), choice.settings(), path)
        .map(settings -> new Chosen<>(factory, settings));
  }

  /**
   * Returns the same choice with every setting written out. Nested parts are resolved too; they are
   * recognised by the name of their component, which is that of their kind ({@code tokenizer},
   * {@code tokenizers}).
   */
  Optional<PartSettings> resolve(PartKind kind, PartSettings choice, String path) {
    return choose(kind, choice, path)
        .map(
            chosen -> {
              ObjectNode settings = Binding.tree(chosen.settings());
              if (kind.isWeighted()) {
                settings.put(Weight.KEY, Weight.in(choice));
              }
              RecordReader.components(chosen.settings().getClass())
                  .forEach((key, component) -> resolveWithin(settings, key, component, path));
              return new PartSettings(choice.name(), settings);
            });
  }

  private void resolveWithin(
      ObjectNode settings, String key, RecordComponent component, String path) {
    JsonNode node = settings.get(key);
    String here = path + "." + key;
    if (node == null) {
      return;
    }
    if (component.getType() == PartSettings.class) {
      PartKind.named(key)
          .flatMap(kind -> resolve(kind, PartSettings.read(node), here))
          .ifPresent(part -> settings.set(key, part.write()));
    } else if (node instanceof ArrayNode list && key.endsWith("s") && holdsParts(component)) {
      PartKind.named(PartKind.singular(key)).ifPresent(kind -> resolveAll(kind, list, here));
    }
  }

  private void resolveAll(PartKind kind, ArrayNode list, String path) {
    for (int i = 0; i < list.size(); i++) {
      int index = i;
      resolve(kind, PartSettings.read(list.get(i)), path + "." + i)
          .ifPresent(part -> list.set(index, part.write()));
    }
  }

  private static boolean holdsParts(RecordComponent component) {
    return component.getGenericType() instanceof ParameterizedType type
        && type.getRawType() == List.class
        && type.getActualTypeArguments()[0] == PartSettings.class;
  }
}
