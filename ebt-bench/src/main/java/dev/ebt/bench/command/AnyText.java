package dev.ebt.bench.command;

import java.util.Map;
import java.util.Stack;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The value of an option that may be any text. After {@code =} it may be the name of an option too,
 * which picocli refuses even there: it is marked while picocli looks at it.
 */
public final class AnyText implements IParameterPreprocessor, ITypeConverter<String> {
  /** No argument of a process can have this character. */
  private static final String MARK = "\0";

  @Override
  public boolean preprocess(
      Stack<String> arguments, CommandSpec command, ArgSpec option, Map<String, Object> facts) {
    if ("=".equals(facts.get("separator")) && !arguments.isEmpty()) {
      arguments.push(MARK + arguments.pop());
    }
    return false;
  }

  @Override
  public String convert(String value) {
    return value.startsWith(MARK) ? value.substring(MARK.length()) : value;
  }
}
