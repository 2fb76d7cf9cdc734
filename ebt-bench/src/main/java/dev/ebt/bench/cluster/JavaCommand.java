package dev.ebt.bench.cluster;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line of another process of this program. */
public final class JavaCommand {
  private JavaCommand() {}

  /** Returns the option by which a process uses its share of the processors of this one. */
  public static String processorShare(int processes) {
    int share = Math.max(1, Runtime.getRuntime().availableProcessors() / processes);
    return "-XX:ActiveProcessorCount=" + share;
  }

  /**
   * Returns the command line of a main class with the Java and the class path of this process, up
   * to the arguments of the class.
   *
   * @param main the name of the class
   * @param options further options of Java, which take precedence
   */
  public static List<String> of(String main, String... options) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // The options of this process, which may be those of a user, but not an agent of a debugger.
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> !option.matches("-(agentlib|javaagent|Xrun|Debt\\.).*"))
        .forEach(line::add);
    line.addAll(List.of(options));
    String classPath = System.getProperty("java.class.path");
    line.addAll(List.of("-cp", System.getProperty("surefire.test.class.path", classPath)));
    line.add(main);
    return line;
  }
}
