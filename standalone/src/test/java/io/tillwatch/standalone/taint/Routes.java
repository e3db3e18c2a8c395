package io.tillwatch.standalone.taint;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.HttpMethodMapping;
import io.micronaut.http.annotation.Post;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The routes that controllers declare, read from their classes, whether they are described or not.
 */
final class Routes {

  private Routes() {}

  /** Method and path of each, as the classes of both roles declare them. */
  static Set<String> declared() {
    Set<String> routes = new TreeSet<>();
    for (JavaClass type :
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.tillwatch.topology.query", "io.tillwatch.triage.api")) {
      if (type.isAnnotatedWith(Controller.class) && !isOnlyWithoutTheOtherRole(type)) {
        add(type.reflect(), routes);
      }
    }
    return routes;
  }

  /** Triage's own description at the address where a site lists both. */
  private static boolean isOnlyWithoutTheOtherRole(JavaClass type) {
    return type.getSimpleName().equals("OnlyDescription");
  }

  private static void add(Class<?> controller, Set<String> routes) {
    String base = controller.getAnnotation(Controller.class).value();
    Stream.concat(Stream.of(controller), Arrays.stream(controller.getInterfaces()))
        .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
        .flatMap(method -> paths(method))
        .forEach(path -> routes.add(joined(base, path)));
  }

  private static Stream<String> paths(Method method) {
    return Arrays.stream(method.getAnnotations())
        .filter(each -> each.annotationType().isAnnotationPresent(HttpMethodMapping.class))
        .flatMap(Routes::paths);
  }

  private static Stream<String> paths(Annotation mapping) {
    return switch (mapping) {
      case Get get -> paths("GET ", get.value(), get.uris());
      case Post post -> paths("POST ", post.value(), post.uris());
      default -> throw new IllegalStateException("say how %s is asked".formatted(mapping));
    };
  }

  private static Stream<String> paths(String verb, String one, String[] more) {
    boolean several = more.length > 1 || more.length == 1 && !more[0].equals("/");
    return several ? Arrays.stream(more).map(path -> verb + path) : Stream.of(verb + one);
  }

  private static String joined(String base, String route) {
    int space = route.indexOf(' ') + 1;
    String path = (base + route.substring(space)).replaceAll("/+", "/").replaceAll("(.)/$", "$1");
    return route.substring(0, space) + path;
  }
}
