package io.headgate.simulate;

import io.headgate.db.Database;
import io.headgate.simulate.Mutation.MutationEdit;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Loads the engine and the simulation a second time, with one mutation applied to their byte code.
 * The classes of package {@code db} are shared with the tests.
 */
final class MutatedEngine extends ClassLoader implements AutoCloseable {

  private static final String BASE_PACKAGE = "io.headgate.";
  private static final Set<String> RELOADED_PACKAGES =
      Set.of("batch", "credit", "engine", "webhook", "simulate");

  private final @Nullable Mutation mutation;
  private final AutoCloseable simulation;
  private int edits;

  /** With {@code mutation} null, the code is unchanged. */
  MutatedEngine(@Nullable Mutation mutation, Database.DatabaseAddress address) {
    super(MutatedEngine.class.getClassLoader());
    this.mutation = mutation;
    this.simulation = (AutoCloseable) call(null, "on", Database.DatabaseAddress.class, address);
  }

  /** The number of places that the mutation changed; 0 when the code no longer has its pattern. */
  int edits() {
    if (mutation != null) {
      try {
        loadClass(BASE_PACKAGE + mutation.owner());
      } catch (ClassNotFoundException e) {
        return 0;
      }
    }
    return edits;
  }

  /** Runs a seed. Copies the history, whose class belongs to this loader, into the test's class. */
  SimulationHistory play(long seed, int steps) {
    Object history = call(simulation, "play", long.class, seed, int.class, steps);
    Object breach = invoke(history, "breach");
    return new SimulationHistory(
        seed,
        steps,
        ((java.util.List<?>) require(invoke(history, "steps")))
            .stream().map(String::valueOf).toList(),
        breach == null
            ? null
            : new SimulationHistory.Breach(
                String.valueOf(invoke(breach, "law")),
                String.valueOf(invoke(breach, "detail")),
                (Integer) require(invoke(breach, "step"))));
  }

  private Object call(@Nullable Object target, String method, Object... typesAndValues) {
    Class<?>[] types = new Class<?>[typesAndValues.length / 2];
    Object[] values = new Object[types.length];
    for (int i = 0; i < types.length; i++) {
      types[i] = (Class<?>) typesAndValues[2 * i];
      values[i] = typesAndValues[2 * i + 1];
    }
    try {
      Method found = loadClass(BASE_PACKAGE + "simulate.Simulation").getMethod(method, types);
      return require(found.invoke(target, values));
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static @Nullable Object invoke(Object target, String method) {
    try {
      return target.getClass().getMethod(method).invoke(target);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object require(@Nullable Object value) {
    return java.util.Objects.requireNonNull(value);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      if (!isReloaded(name)) {
        return super.loadClass(name, resolve);
      }
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? define(name) : loaded;
    }
  }

  private static boolean isReloaded(String name) {
    int end = name.indexOf('.', BASE_PACKAGE.length());
    return name.startsWith(BASE_PACKAGE)
        && end > 0
        && RELOADED_PACKAGES.contains(name.substring(BASE_PACKAGE.length(), end));
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    try (InputStream file = getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (file == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] code = file.readAllBytes();
      Mutation applied = mutation;
      byte[] bytes =
          applied != null && name.equals(BASE_PACKAGE + applied.owner())
              ? edited(code, applied.edit())
              : code;
      return defineClass(name, bytes, 0, bytes.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] edited(byte[] code, MutationEdit edit) {
    ClassModel model = ClassFile.of().parse(code);
    return ClassFile.of().transformClass(model, transform(edit));
  }

  private ClassTransform transform(MutationEdit edit) {
    return switch (edit) {
      case MutationEdit.ReplaceText(String from, String to) ->
          bodies(
              method -> true,
              (builder, element) -> {
                String text = text(element);
                return text != null
                    && text.contains(from)
                    && replace(() -> builder.loadConstant(text.replace(from, to)));
              });
      case MutationEdit.ReadOtherField(String method, String from, String to) ->
          bodies(
              named(method),
              (builder, element) ->
                  element instanceof FieldInstruction read
                      && read.opcode() == Opcode.GETFIELD
                      && read.name().equalsString(from)
                      && replace(
                          () -> builder.getfield(read.owner().asSymbol(), to, read.typeSymbol())));
      case MutationEdit.ReplaceNumber(String method, int from, int to) ->
          bodies(
              named(method),
              (builder, element) ->
                  element instanceof ConstantInstruction number
                      && number.constantValue().equals(from)
                      && replace(() -> builder.loadConstant(to)));
      case MutationEdit.RemoveCall(String method, String called) ->
          bodies(
              named(method),
              (builder, element) ->
                  element instanceof InvokeInstruction call
                      && call.name().equalsString(called)
                      && replace(() -> discard(builder, call)));
      case MutationEdit.ReturnConstant(String method, Object constant) ->
          ClassTransform.transformingMethods(named(method), returning(constant));
    };
  }

  /** Pops the arguments and the receiver of a call that is skipped. */
  private static void discard(CodeBuilder builder, InvokeInstruction call) {
    for (ClassDesc type : call.typeSymbol().parameterList().reversed()) {
      if (TypeKind.from(type).slotSize() == 2) {
        builder.pop2();
      } else {
        builder.pop();
      }
    }
    if (call.opcode() != Opcode.INVOKESTATIC) {
      builder.pop();
    }
  }

  private boolean replace(Runnable write) {
    edits++;
    write.run();
    return true;
  }

  private static Predicate<MethodModel> named(String name) {
    return method -> method.methodName().equalsString(name);
  }

  /** Returns true when it wrote a replacement for the element. */
  private interface Replacement {
    boolean write(CodeBuilder builder, CodeElement element);
  }

  private static ClassTransform bodies(Predicate<MethodModel> methods, Replacement swap) {
    CodeTransform each =
        (builder, element) -> {
          if (!swap.write(builder, element)) {
            builder.with(element);
          }
        };
    return ClassTransform.transformingMethodBodies(methods, each);
  }

  private static @Nullable String text(CodeElement element) {
    return element instanceof ConstantInstruction constant
            && constant.constantValue() instanceof String text
        ? text
        : null;
  }

  private MethodTransform returning(Object constant) {
    return (builder, element) -> {
      if (!(element instanceof CodeModel body)) {
        builder.with(element);
        return;
      }
      edits++;
      TypeKind kind = TypeKind.from(body.parent().orElseThrow().methodTypeSymbol().returnType());
      int number = constant instanceof Boolean yes ? (yes ? 1 : 0) : (Integer) constant;
      builder.withCode(code -> code.loadConstant(number).return_(kind));
    };
  }

  @Override
  public void close() {
    try {
      simulation.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
