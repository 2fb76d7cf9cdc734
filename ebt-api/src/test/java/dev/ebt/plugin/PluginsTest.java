package dev.ebt.plugin;

import static dev.ebt.plugin.PluginJars.bringing;
import static org.assertj.core.api.Assertions.assertThat;
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
    RunConfiguration run =
        new RunConfiguration(
            null, null, null, null, null, null, null, sideways, null, null, null, null);
    try (Assembled assembled = Assembled.of(catalog, run)) {
      assertThat(assembled.get(Optimizer.class)).isEqualTo(new GradientDescent());
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
                + " holds no plugin: it has no META-INF/services/dev.ebt.plugin.EbtPlugin");
    assertThat(refusal(needed))
        .isEqualTo(
            "plugin folder "
                + needed
                + " holds no plugin: none of its 1 jars has a"
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
                + ") names a part of kind optimizer 'ADAM'; lower-case letters, digits and single dashes expected");
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
                + ") was built for version 0 of the plugin interface; this is version 1 (")
        .endsWith("): get a build of it for this version");
  }

  @Test
  void refusesWhatIsNoJar() throws IOException {
    Path text = Files.writeString(folder.resolve("text.jar"), "not a jar");
    Path missing = folder.resolve("missing.jar");

    assertThat(refusal(text)).startsWith("plugin " + text + " is not a jar that can be read: ");
    assertThat(refusal(missing))
        .isEqualTo("plugin " + missing + ": there is no such file or folder");
  }
}
