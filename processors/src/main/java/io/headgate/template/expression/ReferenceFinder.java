package io.headgate.template.expression;

import io.headgate.template.expression.VariableReference.ReferenceOrigin;
import io.headgate.template.expression.VariableReference.VariableUse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Finds the names that an expression reads, and how it uses them. */
final class ReferenceFinder {

  /** Functions that return their first argument that has a value. */
  private static final Set<String> DEFAULT_FUNCTIONS = Set.of("default", "coalesce");

  private final List<VariableReference> found = new ArrayList<>();

  private ReferenceFinder() {}

  static List<VariableReference> of(Term term) {
    ReferenceFinder references = new ReferenceFinder();
    references.read(term, VariableUse.SHOWN);
    return List.copyOf(references.found);
  }

  private void read(Term term, VariableUse use) {
    switch (term) {
      case Term.Literal _ -> {}
      case Term.Name(String name) ->
          found.add(new VariableReference(ReferenceOrigin.NAME, 0, name, false, use));
      case Term.Self(int up) ->
          found.add(new VariableReference(ReferenceOrigin.SELF, up, "", false, use));
      case Term.Data(String name) -> data(name, use);
      case Term.Member member -> member(member, use);
      case Term.Unary(Operator operator, Term operand) ->
          read(operand, operator == Operator.NOT ? VariableUse.TRUTH : VariableUse.NUMBER);
      case Term.Binary(Operator operator, Term left, Term right) -> {
        VariableUse each = use(operator, left, right, use);
        if (operator == Operator.OR) {
          readWithDefault(left, right, each);
        } else {
          read(left, each);
        }
        read(right, each);
      }
      case Term.Choice(Term condition, Term yes, Term no) -> {
        read(condition, VariableUse.TRUTH);
        read(yes, use);
        read(no, use);
      }
      case Term.Call(TemplateFunction function, List<Term> arguments)
          when DEFAULT_FUNCTIONS.contains(function.name()) -> {
        for (int i = 0; i < arguments.size(); i++) {
          readWithDefault(
              arguments.get(i), arguments.get(Math.min(i + 1, arguments.size() - 1)), use);
        }
      }
      case Term.Call(TemplateFunction function, List<Term> arguments) -> {
        for (int i = 0; i < arguments.size(); i++) {
          read(arguments.get(i), function.use(i));
        }
      }
    }
  }

  /** A name with its default value. */
  private void readWithDefault(Term term, Term otherwise, VariableUse use) {
    if (term instanceof Term.Name(String name) && otherwise instanceof Term.Literal(var value)) {
      found.add(
          new VariableReference(
              ReferenceOrigin.NAME, 0, name, false, use, value.isNull() ? null : value));
    } else {
      read(term, use);
    }
  }

  private static VariableUse use(Operator operator, Term left, Term right, VariableUse whole) {
    return switch (operator) {
      case AND, OR -> whole;
      case EQUAL, NOT_EQUAL, SAME, NOT_SAME, PLUS, LESS, AT_MOST, MORE, AT_LEAST ->
          numeric(left) || numeric(right) ? VariableUse.NUMBER : VariableUse.OTHER;
      case MINUS, TIMES, DIVIDE, REMAINDER, NOT, NEGATE -> VariableUse.NUMBER;
    };
  }

  /** True for a term that is always a number, so that the other operand probably is one too. */
  private static boolean numeric(Term term) {
    return switch (term) {
      case Term.Literal(var value) -> value.isNumber();
      case Term.Unary(Operator operator, Term _) -> operator.arithmetic();
      case Term.Binary(Operator operator, Term left, Term right) ->
          operator.arithmetic() || (operator == Operator.PLUS && (numeric(left) || numeric(right)));
      case Term.Name _, Term.Self _, Term.Data _, Term.Member _, Term.Choice _, Term.Call _ ->
          false;
    };
  }

  private void data(String name, VariableUse use) {
    if (name.equals("root")) {
      found.add(new VariableReference(ReferenceOrigin.ROOT, 0, "", false, use));
    }
  }

  private void member(Term.Member member, VariableUse use) {
    read(member.key(), VariableUse.OTHER);
    boolean listed = member.key() instanceof Term.Literal(var key) && key.isNumber();
    switch (member.of()) {
      case Term.Self(int up) -> found.add(first(ReferenceOrigin.SELF, up, member, use));
      case Term.Data(String name) -> {
        if (name.equals("root")) {
          found.add(first(ReferenceOrigin.ROOT, 0, member, use));
        }
      }
      case Term.Name(String name) ->
          found.add(
              new VariableReference(
                  ReferenceOrigin.NAME,
                  0,
                  name,
                  true,
                  listed ? VariableUse.LIST : VariableUse.OTHER));
      case Term.Member inner -> deep(inner);
      case Term.Literal _, Term.Unary _, Term.Binary _, Term.Choice _, Term.Call _ ->
          read(member.of(), VariableUse.OTHER);
    }
  }

  private static VariableReference first(
      ReferenceOrigin origin, int up, Term.Member member, VariableUse use) {
    boolean named = member.key() instanceof Term.Literal(var key) && key.isString();
    String name = named ? JsonValues.display(((Term.Literal) member.key()).value()) : "";
    return new VariableReference(origin, up, name, false, use);
  }

  /** A member of a member: the root is an object or a list, however the value is used. */
  private void deep(Term.Member member) {
    int before = found.size();
    member(member, VariableUse.OTHER);
    for (int i = before; i < found.size(); i++) {
      VariableReference one = found.get(i);
      if (i == found.size() - 1 && !one.name().isEmpty()) {
        found.set(i, new VariableReference(one.origin(), one.up(), one.name(), true, one.use()));
      }
    }
  }
}
