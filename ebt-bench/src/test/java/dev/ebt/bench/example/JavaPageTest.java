package dev.ebt.bench.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.plugin.Plugins;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** The page on use from Java is true: its program runs, its POM names what there is. */
@ResourceLock(Resources.SYSTEM_OUT)
class JavaPageTest {
  private static final Pattern PROGRAM =
      Pattern.compile(
          "```java\n(package (\\w+);.*?public final class (\\w+) .*?)```", Pattern.DOTALL);
  private static final Pattern EVALUATION =
      Pattern.compile("```java\n(EvaluationRequest request =.*?)```", Pattern.DOTALL);
  private static final Pattern POM = Pattern.compile("```xml\n(.*?)```", Pattern.DOTALL);

  @TempDir Path folder;

  @Test
  void theProgramWritesTokensWithTheirEnergies() throws Exception {
    Matcher program = page(PROGRAM);
    String printed =
        printed(program.group(2) + "." + program.group(3), program.group(3), program.group(1));

    assertThat(printed.lines().filter(line -> line.matches(".* \\[(-?[0-9.]+, ){4}-?[0-9.]+]")))
        .hasSizeGreaterThanOrEqualTo(15);
  }

  /** The first lines of the page on calls, as they are. */
  @Test
  void theFirstCallOfItsPageCompilesAndRuns() throws Exception {
    Matcher call =
        Pattern.compile("```java\n(try .*?)```", Pattern.DOTALL)
            .matcher(Files.readString(ExamplePlugin.documentation("inference.md")));
    assertThat(call.find()).isTrue();
    assertThat(call.group(1).lines()).hasSize(4);
    String source =
        "import dev.ebt.inference.*;\nimport java.nio.file.Path;\n"
            + "public final class Call { public static void main(String[] args) {\n"
            + call.group(1)
                .replace("\"runs/book\"", "args[0]")
                .replace("thought.text();", "System.out.println(thought.text().length());")
                .replace(".maxTokens(80)", ".maxTokens(3)")
            + "} }";

    assertThat(printed("Call", "Call", source).strip()).isEqualTo("3");
  }

  @Test
  void theEvaluationPrintsMetricsByNumberOfSteps() throws Exception {
    String source =
        "import dev.ebt.plugin.Plugins;\nimport dev.ebt.run.*;\nimport java.nio.file.Path;\n"
            + "import java.util.List;\n"
            + "public final class Evaluate { public static void main(String[] args) {\n"
            + page(EVALUATION).group(1).replace("\"runs/book\"", "args[0]")
            + "} }";
    assertThat(printed("Evaluate", "Evaluate", source).lines())
        .hasSize(3)
        .allMatch(line -> line.matches("[124] steps: .*name=loss, value=[0-9.]+, unit=nats.*"));
  }

  /** Compiles a program, runs it and returns what it prints. */
  private String printed(String type, String name, String program) throws Exception {
    Path source = folder.resolve(name + ".java");
    Files.writeString(source, program);
    List<String> arguments =
        List.of(
            "-proc:none",
            "-Xlint:all,-classfile,-options,-path",
            "-Werror",
            "-d",
            folder.resolve("classes").toString(),
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            source.toString());
    assertThat(
            ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, arguments.toArray(String[]::new)))
        .isZero();
    URL[] classes = {folder.resolve("classes").toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(classes, getClass().getClassLoader())) {
      return run(loader.loadClass(type));
    }
  }

  private String run(Class<?> program) throws Exception {
    String[] arguments = {publishedModel().toString(), "[3+4="};
    PrintStream out = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      program.getMethod("main", String[].class).invoke(null, (Object) arguments);
    } finally {
      System.setOut(out);
    }
    return printed.toString(StandardCharsets.UTF_8);
  }

  private Path publishedModel() throws IOException {
    Path model = Files.createDirectory(folder.resolve("model"));
    Plugins.discover(List.of()).bundledModel("brackets").copyTo(model);
    return model;
  }

  @Test
  void thePomNamesThisModuleInThisVersionAndTheProgram() throws Exception {
    Document pom = xml(page(POM).group(1));
    Document root = xml(Files.readString(ExamplePlugin.documentation("../pom.xml")));

    assertThat(pom.getElementsByTagName("dependency").getLength()).isEqualTo(1);
    Element dependency = (Element) pom.getElementsByTagName("dependency").item(0);
    assertThat(text(dependency, "groupId")).isEqualTo(text(root.getDocumentElement(), "groupId"));
    String version = text(root.getDocumentElement(), "revision");
    assertThat(text(dependency, "version")).isEqualTo(version);
    assertThat(Files.readString(ExamplePlugin.documentation("examples/consumer/pom.xml")))
        .contains("<ebt.version>" + version + "</ebt.version>");
    assertThat(text(dependency, "artifactId")).isEqualTo("ebt-bench");
    Matcher program = page(PROGRAM);
    assertThat(text(pom.getDocumentElement(), "mainClass"))
        .isEqualTo(program.group(2) + "." + program.group(3));
  }

  private static String text(Element parent, String name) {
    return parent.getElementsByTagName(name).item(0).getTextContent();
  }

  private static Document xml(String text) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static Matcher page(Pattern block) throws IOException {
    Matcher found = block.matcher(Files.readString(ExamplePlugin.documentation("java.md")));
    assertThat(found.find()).isTrue();
    return found;
  }
}
