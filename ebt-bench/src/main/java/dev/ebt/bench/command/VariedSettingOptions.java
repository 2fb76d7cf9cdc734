package dev.ebt.bench.command;

import dev.ebt.error.UserException;
import dev.ebt.interact.VariedSetting;
import dev.ebt.run.Variation;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The settings that an evaluation varies as options, each for several values. */
final class VariedSettingOptions {
  private VariedSettingOptions() {}

  /**
   * Adds the options to a command.
   *
   * @throws UserException if the command has one of them itself
   */
  static void add(List<VariedSetting> settings, CommandSpec command) {
    for (VariedSetting setting : settings) {
      if (command.findOption(setting.option()) != null) {
        throw new UserException(
            String.format(
                Locale.ROOT,
                "a plugin varies the setting '%s' by the option %s, which '%s' has itself; another"
                    + " name expected",
                setting.name(),
                setting.option(),
                command.name()));
      }
      command.addArgGroup(
          ArgGroupSpec.builder()
              .validate(false)
              .heading(String.format(Locale.ROOT, "%%nFor %s:%%n", setting.subject()))
              .addArg(
                  OptionSpec.builder(setting.option())
                      .type(List.class)
                      .auxiliaryTypes(Double.class)
                      .splitRegex(",")
                      .paramLabel(setting.placeholder())
                      .description(setting.description().replace("%", "%%"))
                      .build())
              .build());
    }
  }

  /**
   * Returns the given values.
   *
   * @throws UserException if several settings are varied
   */
  static List<Variation> given(List<VariedSetting> settings, ParseResult parsed) {
    List<VariedSetting> given =
        settings.stream().filter(each -> parsed.hasMatchedOption(each.option())).toList();
    if (given.size() > 1) {
      throw new UserException(
          String.join(" and ", given.stream().map(VariedSetting::option).toList())
              + " do not go together: one varied setting at a time");
    }
    return given.stream()
        .flatMap(
            setting ->
                parsed.matchedOption(setting.option()).<List<Double>>getValue().stream()
                    .map(setting::variation))
        .toList();
  }
}
