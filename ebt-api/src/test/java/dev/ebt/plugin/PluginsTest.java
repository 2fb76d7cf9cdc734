package dev.ebt.plugin;

import static dev.ebt.plugin.PluginJars.bringing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ebt.error.UserException;
import dev.ebt.optimize.GradientDescent;
import dev.ebt.optimize.Optimizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PluginsTest {
  @TempDir Path temporary;
  private Path folder;
  private PluginJars jars;

  @BeforeEach
  void makeFolder() throws IOException {
    folder = Files.createDirectory(temporary.toRealPath().resolve("plugins"));
    jars = new PluginJars(folder);
  }

  private static String refusal(Path... places) {
    return catchThrowableOfType(UserException.class, () -> Plugins.discover(List.of(places)))
        .getMessage();
  }

  @Test
  void findsOurOwnOnTheClassPath() {
    Catalog catalog = Plugins.discover(List.of());

    assertThat(catalog.names(PartKind.OPTIMIZER)).contains("adamw", "gradient-descent");
    assertThat(catalog.plugins()).extracting(LoadedPlugin::name).contains("core");
  }

  @Test
  void findsThoseOfAJar() {
    Path jar = jars.jar("mine.jar", "Mine", bringing("mine", "sideways"));

    Catalog catalog = Plugins.discover(List.of(jar));

    assertThat(catalog.entries())
        .contains(
            new Catalog.Entry(
                "optimizer", "sideways", "A test's sideways", "mine", jar.toString()));
    PartSettings sideways = PartSettings.of("sideways");
    RunConfiguration run = RunConfiguration.builder().optimizer(sideways).build();
    try (Components components = Components.of(catalog, run)) {
      assertThat(components.get(Optimizer.class)).isEqualTo(new GradientDescent());
    }
  }

  @Test
  void findsThoseOfAFolderWithWhatTheyNeedBesideThem() throws IOException {
    jars.jar("mine.jar", "Mine", bringing("mine", "sideways"));
    Path needed = Files.createDirectory(temporary.resolve("needed"));
    Path library = new PluginJars(needed).jar("library.jar", "Library", bringing("l", "l"));
    try (java.nio.file.FileSystem zip = java.nio.file.FileSystems.newFileSystem(library)) {
      Files.delete(zip.getPath("META-INF/services/dev.ebt.plugin.EbtPlugin"));
    }
    Files.copy(library, folder.resolve("library.jar"));

    assertThat(Plugins.discover(List.of(folder)).names(PartKind.OPTIMIZER)).contains("sideways");
    assertThat(refusal(library))
        .isEqualTo(
            "plugin "
                + library
                + " is not a plugin: it has no META-INF/services/dev.ebt.plugin.EbtPlugin");
    assertThat(refusal(needed))
        .isEqualTo(
            "plugin folder "
                + needed
                + " is not a plugin: none of its 1 jars has a"
                + " META-INF/services/dev.ebt.plugin.EbtPlugin");
  }

  @Test
  void namesBothJarsOfTwoPartsWithOneName() {
    Path first = jars.jar("first.jar", "First", bringing("first", "sideways"));
    Path second = jars.jar("second.jar", "Second", bringing("second", "sideways"));

    assertThat(refusal(first, second))
        .isEqualTo(
            "two parts are called optimizer 'sideways': one of plugin 'first' ("
                + first
                + "), one of plugin 'second' ("
                + second
                + "); leave one of the plugins away");
  }

  @Test
  void namesBothJarsOfTwoPluginsWithOneName() {
    Path first = jars.jar("first.jar", "First", bringing("same", "sideways"));
    Path second = jars.jar("second.jar", "Second", bringing("same", "upwards"));

    assertThat(refusal(first, second))
        .isEqualTo(
            "two plugins are called 'same': one from "
                + first
                + ", one from "
                + second
                + "; leave one of them away");
  }

  @Test
  void namesBothJarsThatHoldOneClass() throws IOException {
    Path first = jars.jar("first.jar", "First", bringing("first", "sideways"));
    Path copy = Files.copy(first, folder.resolve("copy.jar"));

    assertThat(refusal(first, copy))
        .isEqualTo(
            "the plugin class First is there twice: in "
                + first
                + " and in "
                + copy
                + "; leave one of them away");
  }

  @Test
  void takesAJarThatIsGivenTwiceOnce() {
    Path jar = jars.jar("mine.jar", "Mine", bringing("mine", "sideways"));

    assertThat(Plugins.discover(List.of(jar, folder)).names(PartKind.OPTIMIZER))
        .contains("sideways");
  }

  @Test
  void namesTheJarWhosePluginFails() {
    Path throwing =
        jars.jar(
            "throwing.jar",
            "Throwing",
            bringing("throwing", "x")
                + "public Throwing() { throw new IllegalStateException(\"no\"); }");
    Path late =
        jars.jar(
            "late.jar",
            "Late",
            """
            public String name() { return "late"; }
            public int spiVersion() { return SPI_VERSION; }
            public List<Factory<? extends Optimizer, ?>> optimizers() { throw new NoSuchMethodError("gone"); }
            """);
    Path shouting = jars.jar("shouting.jar", "Shouting", bringing("shouting", "ADAM"));

    assertThat(refusal(throwing))
        .isEqualTo(
            "plugin class Throwing ("
                + throwing
                + ") cannot be loaded: java.lang.IllegalStateException: no");
    assertThat(refusal(late))
        .isEqualTo(
            "plugin 'late' ("
                + late
                + ") failed when asked for its optimizer parts: java.lang.NoSuchMethodError: gone");
    assertThat(refusal(shouting))
        .isEqualTo(
            "plugin 'shouting' ("
                + shouting
                + ") names a part of kind optimizer 'ADAM'; lower-case letters, digits and single"
                + " dashes expected");
  }

  @Test
  void namesTheJarWhosePluginIsNotThere() throws IOException {
    Path empty = Files.createDirectory(temporary.resolve("empty"));
    Path absent = jars.pack("absent.jar", empty, "not.There");

    assertThat(refusal(absent))
        .startsWith("plugin class not.There (" + absent + ") cannot be loaded: ")
        .contains("not.There not found");
    Path foreign = jars.pack("foreign.jar", empty, "dev.ebt.plugin.PluginJars");
    assertThat(refusal(foreign))
        .startsWith("plugin class dev.ebt.plugin.PluginJars (" + foreign + ") cannot be loaded: ")
        .contains("not a subtype");
    Path platform = jars.pack("platform.jar", empty, "java.lang.String");
    assertThat(refusal(platform))
        .startsWith("plugin class java.lang.String (" + platform + ") cannot be loaded: ")
        .contains("a class of a Java module");
  }

  private static String named(String name) {
    return "public String name() { %s } public int spiVersion() { return SPI_VERSION; }"
        .formatted(name);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          return null;                      | returned null when asked for its name
          throw new Error("no");            | failed when asked for its name: java.lang.Error: no
          throw new StackOverflowError();   | failed when asked for its name: java.lang.StackOverflowError
          return "";                        | calls itself ''; 1 to 60 printable characters expected
          return " ";                       | calls itself ' '; 1 to 60 printable characters expected
          return "a\\033[31mb";             | calls itself 'a\\u001b[31mb'; 1 to 60 printable characters expected
          return "x".repeat(61);            | calls itself 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'; 1 to 60 printable characters expected
          """)
  void namesTheJarWhosePluginHasNoName(String body, String complaint) {
    Path jar = jars.jar("nameless.jar", "Nameless", named(body));

    assertThat(refusal(jar)).isEqualTo("plugin class Nameless (" + jar + ") " + complaint);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          List<Factory<? extends Optimizer, ?>> optimizers() { return null; }                             | returned null when asked for its optimizer parts
          List<Factory<? extends Optimizer, ?>> optimizers() { throw new AssertionError("no"); }          | failed when asked for its optimizer parts: java.lang.AssertionError: no
          List<Factory<? extends Optimizer, ?>> optimizers() { return Arrays.asList(optimizer("x"), null); } | has null among its optimizer parts
          List<Factory<? extends Optimizer, ?>> optimizers() { return List.of(optimizer(null)); }         | returned null when asked for a name
          List<Factory<? extends Optimizer, ?>> optimizers() { return List.of(optimizer("")); }           | names a part of kind optimizer ''; lower-case letters, digits and single dashes expected
          List<Factory<? extends Optimizer, ?>> optimizers() { return List.of(Factory.of("x", null, None.class, (s, a) -> new GradientDescent())); } | returned null when asked for the summary of optimizer 'x'
          List<Factory<? extends Optimizer, ?>> optimizers() { return List.of(Factory.of("x", "", (Class<None>) null, (s, a) -> new GradientDescent())); } | returned null when asked for the settings of optimizer 'x'
          Map<String, String> recipes() { return null; }                                                  | returned null when asked for its recipes
          Map<String, String> recipes() { return Collections.singletonMap("x", null); }                   | has a recipe whose name or text is null
          Map<String, String> recipes() { return Collections.singletonMap(null, "x"); }                   | has a recipe whose name or text is null
          """)
  void namesTheJarWhosePluginBringsNulls(String method, String complaint) {
    Path jar = jars.jar("nulls.jar", "Nulls", named("return \"nulls\";") + "public " + method);

    assertThat(refusal(jar)).isEqualTo("plugin 'nulls' (" + jar + ") " + complaint);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          throw new IllegalStateException();  | failed when asked for optimizer 'x': java.lang.IllegalStateException
          throw new AssertionError(1);        | failed when asked for optimizer 'x': java.lang.AssertionError: 1
          return (GradientDescent) (Object) 1; | failed when asked for optimizer 'x': java.lang.ClassCastException: class java.lang.Integer
          """)
  void aFaultInTheCodeOfAPartIsNamedWithItsJarAndKeepsItsTrace(String body, String complaint) {
    Path jar = failing(body);
    assertThatThrownBy(() -> optimizer(jar))
        .isExactlyInstanceOf(PluginFault.class)
        .hasMessageStartingWith("plugin 'failing' (" + jar + ") " + complaint)
        .hasCauseInstanceOf(Throwable.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          return null;                            | returned null when asked for optimizer 'x'
          throw new NoClassDefFoundError("gone"); | failed when asked for optimizer 'x': java.lang.NoClassDefFoundError: gone
          """)
  void namesTheJarWhosePartCannotBeMade(String body, String complaint) {
    Path jar = failing(body);
    assertThatThrownBy(() -> optimizer(jar))
        .isExactlyInstanceOf(UserException.class)
        .hasMessage("plugin 'failing' (" + jar + ") " + complaint);
  }

  private Path failing(String body) {
    return jars.jar(
        "failing.jar",
        "Failing",
        named("return \"failing\";")
            + """
            public List<Factory<? extends Optimizer, ?>> optimizers() {
              return List.of(Factory.of("x", "", None.class, (s, a) -> make()));
            }
            static GradientDescent make() { %s }
            """
                .formatted(body));
  }

  private static Optimizer optimizer(Path jar) {
    RunConfiguration run = RunConfiguration.builder().optimizer(PartSettings.of("x")).build();
    try (Components components = Components.of(Plugins.discover(List.of(jar)), run)) {
      return components.get(Optimizer.class);
    }
  }

  @Test
  void refusesAServicesFileThatNamesNoClass() throws IOException {
    Path empty = Files.createDirectory(temporary.resolve("empty"));
    Path jar = jars.pack("blank.jar", empty, "");

    assertThat(refusal(jar))
        .isEqualTo(
            "plugin "
                + jar
                + " is not a plugin: its META-INF/services/dev.ebt.plugin.EbtPlugin names no class;"
                + " the name of the class that implements EbtPlugin expected");
    Path classes = Files.createDirectories(temporary.resolve("classes/META-INF/services"));
    Files.writeString(classes.resolve("dev.ebt.plugin.EbtPlugin"), "# none\n");
    assertThat(refusal(temporary.resolve("classes"))).contains("names no class");
  }

  @Test
  void refusesAPluginOfAnotherVersion() {
    Path old =
        jars.jar(
            "old.jar",
            "Old",
            "public String name() { return \"old\"; } public int spiVersion() { return 0; }");

    assertThat(refusal(old))
        .startsWith(
            "plugin 'old' ("
                + old
                + ") was built for version 0 of the plugin interface; this ebt supports version 1 (")
        .endsWith("): get a build of the plugin for this version");
  }

  @Test
  void refusesWhatIsNoJar() throws IOException {
    Path text = Files.writeString(folder.resolve("text.jar"), "not a jar");
    Path missing = folder.resolve("missing.jar");

    assertThat(refusal(text)).startsWith("plugin " + text + " is not a jar that can be read: ");
    assertThat(refusal(missing)).isEqualTo("plugin " + missing + ": no such file or folder");
  }
}
