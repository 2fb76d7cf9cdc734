package dev.ebt.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.Field;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Random numbers of one key differ by their site, a constant named SITE or ..._SITE. */
class RandomSitesTest {
  @Test
  void noTwoSitesHaveTheSameNumber() throws IllegalAccessException {
    JavaClasses classes =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.ebt");
    Map<Long, String> sites = new TreeMap<>();
    for (JavaField each : classes.stream().flatMap(c -> c.getFields().stream()).toList()) {
      if (each.getName().equals("SITE") || each.getName().endsWith("_SITE")) {
        Field field = each.reflect();
        field.setAccessible(true);
        String other = sites.putIfAbsent(field.getLong(null), each.getFullName());
        assertThat(other).as("a site of the same number as %s", each.getFullName()).isNull();
      }
    }
    assertThat(sites).as("sites found").hasSizeGreaterThan(10);
  }
}
