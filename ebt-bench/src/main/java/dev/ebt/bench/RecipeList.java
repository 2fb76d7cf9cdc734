package dev.ebt.bench;

import dev.ebt.error.MessageSanitizer;
import dev.ebt.error.UserException;
import dev.ebt.plugin.Catalog;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.Column.Overflow;
import picocli.CommandLine.Help.TextTable;

/** The list of available recipes at the end of a command's help. */
final class RecipeList {
  private static final String SECTION = "recipes";
  private static final int NAMES = 15;

  private RecipeList() {}

  /** Adds the list to the help of a command. */
  static void addTo(CommandLine command, Supplier<Catalog> catalog) {
    List<String> sections = new ArrayList<>(command.getHelpSectionKeys());
    sections.add(SECTION);
    command.setHelpSectionKeys(sections);
    command.getHelpSectionMap().put(SECTION, help -> list(help, catalog));
  }

  private static String list(Help help, Supplier<Catalog> catalog) {
    TextTable table =
        TextTable.forColumns(
            help.colorScheme(),
            new Column(NAMES, 2, Overflow.SPAN),
            new Column(Ebt.HELP_WIDTH - NAMES, 1, Overflow.WRAP));
    try {
      catalog.get().entries().stream()
          .filter(entry -> entry.kind().equals("recipe"))
          .forEach(entry -> table.addRowValues(entry.name(), MessageSanitizer.of(entry.summary())));
    } catch (UserException e) {
      table.addRowValues(
          "none", String.valueOf(e.getMessage())); // Help must work even with invalid plugins.
    }
    return String.format(Locale.ROOT, "%nRecipes:%n%s", table);
  }
}
