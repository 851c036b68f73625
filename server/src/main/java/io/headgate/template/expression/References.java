package io.headgate.template.expression;

import io.headgate.template.expression.Reference.Origin;
import io.headgate.template.expression.Reference.Use;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Finds the names that an expression reads, and how it uses them. */
final class References {

  /** Functions that return their first argument that has a value. */
  private static final Set<String> OTHERWISE = Set.of("default", "coalesce");

  private final List<Reference> found = new ArrayList<>();

  private References() {}

  static List<Reference> of(Term term) {
    References references = new References();
    references.read(term, Use.SHOWN);
    return List.copyOf(references.found);
  }

  private void read(Term term, Use use) {
    switch (term) {
      case Term.Literal _ -> {}
      case Term.Name(String name) -> found.add(new Reference(Origin.NAME, 0, name, false, use));
      case Term.Self(int up) -> found.add(new Reference(Origin.SELF, up, "", false, use));
      case Term.Data(String name) -> data(name, use);
      case Term.Member member -> member(member, use);
      case Term.Unary(Operator operator, Term operand) ->
          read(operand, operator == Operator.NOT ? Use.TRUTH : Use.NUMBER);
      case Term.Binary(Operator operator, Term left, Term right) -> {
        Use each = use(operator, left, right, use);
        if (operator == Operator.OR) {
          readOr(left, right, each);
        } else {
          read(left, each);
        }
        read(right, each);
      }
      case Term.Choice(Term condition, Term yes, Term no) -> {
        read(condition, Use.TRUTH);
        read(yes, use);
        read(no, use);
      }
      case Term.Call(Function function, List<Term> arguments)
          when OTHERWISE.contains(function.name()) -> {
        for (int i = 0; i < arguments.size(); i++) {
          readOr(arguments.get(i), arguments.get(Math.min(i + 1, arguments.size() - 1)), use);
        }
      }
      case Term.Call(Function function, List<Term> arguments) -> {
        for (int i = 0; i < arguments.size(); i++) {
          read(arguments.get(i), function.use(i));
        }
      }
    }
  }

  /** A name with its default value. */
  private void readOr(Term term, Term otherwise, Use use) {
    if (term instanceof Term.Name(String name) && otherwise instanceof Term.Literal(var value)) {
      found.add(new Reference(Origin.NAME, 0, name, false, use, value.isNull() ? null : value));
    } else {
      read(term, use);
    }
  }

  private static Use use(Operator operator, Term left, Term right, Use whole) {
    return switch (operator) {
      case AND, OR -> whole;
      case EQUAL, NOT_EQUAL, SAME, NOT_SAME, PLUS, LESS, AT_MOST, MORE, AT_LEAST ->
          numeric(left) || numeric(right) ? Use.NUMBER : Use.OTHER;
      case MINUS, TIMES, DIVIDE, REMAINDER, NOT, NEGATE -> Use.NUMBER;
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

  private void data(String name, Use use) {
    if (name.equals("root")) {
      found.add(new Reference(Origin.ROOT, 0, "", false, use));
    }
  }

  private void member(Term.Member member, Use use) {
    read(member.key(), Use.OTHER);
    boolean listed = member.key() instanceof Term.Literal(var key) && key.isNumber();
    switch (member.of()) {
      case Term.Self(int up) -> found.add(first(Origin.SELF, up, member, use));
      case Term.Data(String name) -> {
        if (name.equals("root")) {
          found.add(first(Origin.ROOT, 0, member, use));
        }
      }
      case Term.Name(String name) ->
          found.add(new Reference(Origin.NAME, 0, name, true, listed ? Use.LIST : Use.OTHER));
      case Term.Member inner -> deep(inner);
      case Term.Literal _, Term.Unary _, Term.Binary _, Term.Choice _, Term.Call _ ->
          read(member.of(), Use.OTHER);
    }
  }

  private static Reference first(Origin origin, int up, Term.Member member, Use use) {
    boolean named = member.key() instanceof Term.Literal(var key) && key.isString();
    String name = named ? Values.shown(((Term.Literal) member.key()).value()) : "";
    return new Reference(origin, up, name, false, use);
  }

  /** A member of a member: the root is an object or a list, however the value is used. */
  private void deep(Term.Member member) {
    int before = found.size();
    member(member, Use.OTHER);
    for (int i = before; i < found.size(); i++) {
      Reference one = found.get(i);
      if (i == found.size() - 1 && !one.name().isEmpty()) {
        found.set(i, new Reference(one.origin(), one.up(), one.name(), true, one.use()));
      }
    }
  }
}
