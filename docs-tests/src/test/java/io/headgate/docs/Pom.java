package io.headgate.docs;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * The part of a Maven POM that names modules of this project.
 *
 * @param modules those it depends on, without the ones that only its tests use
 */
record Pom(Set<String> modules) {

  private static final String PREFIX = "headgate-";

  static Pom read(Path file) {
    try {
      Element project =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(file.toFile())
              .getDocumentElement();
      NodeList dependencies = project.getElementsByTagName("dependency");
      Set<String> modules = new TreeSet<>();
      for (int i = 0; i < dependencies.getLength(); i++) {
        Element dependency = (Element) dependencies.item(i);
        String artifact = text(dependency, "artifactId");
        if (artifact.startsWith(PREFIX) && !text(dependency, "scope").equals("test")) {
          modules.add(artifact.substring(PREFIX.length()));
        }
      }
      return new Pom(modules);
    } catch (Exception e) {
      throw new IllegalStateException("cannot read " + file, e);
    }
  }

  private static String text(Element element, String name) {
    NodeList found = element.getElementsByTagName(name);
    return found.getLength() == 0 ? "" : found.item(0).getTextContent().strip();
  }
}
