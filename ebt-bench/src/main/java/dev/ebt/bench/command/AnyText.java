package dev.ebt.bench.command;

import java.util.Map;
import java.util.Stack;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/**
 * A converter for options whose value may be any text. After {@code =} the value may be the name of
 * an option, which picocli refuses: it is marked while picocli parses it.
 */
public final class AnyText implements IParameterPreprocessor, ITypeConverter<String> {
  /** A character that cannot occur in an argument of a process. */
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
