package io.headgate.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No two classes of a module share a simple name, so that a name in code or in a message means one
 * class. Nested classes count, except private ones: those are only used where they stand.
 */
class ClassNamesTest {

  static List<String> modules() {
    return List.copyOf(ArchitectureTable.read().modules());
  }

  @ParameterizedTest
  @MethodSource("modules")
  void no_two_classes_of_a_module_share_a_simple_name(String module) {
    Path classes = ArchitectureTable.ROOT.resolve(module).resolve("target/classes");
    assertThat(shared(new ClassFileImporter().importPath(classes))).isEmpty();
  }

  @Test
  void a_shared_name_is_found_and_private_classes_do_not_count() {
    assertThat(shared(new ClassFileImporter().importClasses(A.Same.class, B.Same.class)))
        .containsOnlyKeys("Same");
    assertThat(shared(new ClassFileImporter().importClasses(A.Hidden.class, B.Hidden.class)))
        .isEmpty();
  }

  private static Map<String, List<String>> shared(Collection<JavaClass> classes) {
    Map<String, List<String>> byName =
        classes.stream()
            .filter(ClassNamesTest::counts)
            .collect(
                Collectors.groupingBy(
                    JavaClass::getSimpleName,
                    TreeMap::new,
                    Collectors.mapping(JavaClass::getName, Collectors.toList())));
    byName.values().removeIf(names -> names.size() == 1);
    return byName;
  }

  private static boolean counts(JavaClass type) {
    return !type.isAnonymousClass()
        && !type.isLocalClass()
        && !type.getModifiers().contains(JavaModifier.PRIVATE)
        && !type.getModifiers().contains(JavaModifier.SYNTHETIC)
        && !type.getSimpleName().equals("package-info");
  }

  private static final class A {
    static final class Same {}

    private static final class Hidden {}
  }

  private static final class B {
    static final class Same {}

    private static final class Hidden {}
  }
}
