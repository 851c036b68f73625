package io.headgate.batch;

import java.util.Set;

/** Items of one batch named by ordinal, by the client's own ref, or both. */
public record ItemRefs(Set<Integer> ordinals, Set<String> refs) {

  public ItemRefs {
    ordinals = Set.copyOf(ordinals);
    refs = Set.copyOf(refs);
  }
}
