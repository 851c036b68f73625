package io.headgate.docs;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** One Java source file, parsed by the compiler. */
record SourceFile(Path path, String text, List<SourceMethod> methods) {

  private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

  /** Shared by all files, because opening it takes longer than parsing a file. */
  private static final JavaFileManager FILES = COMPILER.getStandardFileManager(null, null, null);

  /**
   * A method or constructor.
   *
   * @param parametersGiven whether its parameters are given: it overrides a method, or is the
   *     constructor of a record
   * @param lines lines from its return type to its last brace; 0 without a body
   */
  record SourceMethod(
      String name, boolean constructor, boolean parametersGiven, int parameters, int lines) {}

  static SourceFile read(Path path) {
    try {
      return of(path, Files.readString(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static SourceFile of(Path path, String text) {
    return new SourceFile(path, text, methods(path, text));
  }

  int lines() {
    return (int) text.lines().count();
  }

  private static List<SourceMethod> methods(Path path, String text) {
    JavacTask task =
        (JavacTask)
            COMPILER.getTask(
                null, FILES, null, null, null, List.of(new InMemorySource(path, text)));
    try {
      List<SourceMethod> methods = new ArrayList<>();
      for (CompilationUnitTree unit : task.parse()) {
        new MethodCollector(unit, Trees.instance(task).getSourcePositions(), methods)
            .scan(unit, null);
      }
      return methods;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class InMemorySource extends SimpleJavaFileObject {

    private final String text;

    InMemorySource(Path path, String text) {
      super(URI.create("string:///" + path.getFileName()), JavaFileObject.Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  private static final class MethodCollector extends TreeScanner<Void, @Nullable Tree> {

    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final List<SourceMethod> methods;

    MethodCollector(
        CompilationUnitTree unit, SourcePositions positions, List<SourceMethod> methods) {
      this.unit = unit;
      this.positions = positions;
      this.methods = methods;
    }

    @Override
    public @Nullable Void visitClass(ClassTree type, @Nullable Tree within) {
      return super.visitClass(type, type);
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, @Nullable Tree within) {
      boolean constructor = method.getName().contentEquals("<init>");
      boolean ofRecord = within != null && within.getKind() == Tree.Kind.RECORD;
      methods.add(
          new SourceMethod(
              method.getName().toString(),
              constructor,
              overrides(method.getModifiers()) || (constructor && ofRecord),
              method.getParameters().size(),
              method.getBody() == null ? 0 : lines(method)));
      return super.visitMethod(method, within);
    }

    private static boolean overrides(ModifiersTree modifiers) {
      return modifiers.getAnnotations().stream()
          .anyMatch(annotation -> annotation.getAnnotationType().toString().equals("Override"));
    }

    private int lines(MethodTree method) {
      // Annotations do not count, because they may contain tables of examples.
      Tree start = method.getReturnType() == null ? method : method.getReturnType();
      long first = unit.getLineMap().getLineNumber(positions.getStartPosition(unit, start));
      long last = unit.getLineMap().getLineNumber(positions.getEndPosition(unit, method) - 1);
      return (int) (last - first + 1);
    }
  }
}
