package io.headgate.node;

import io.headgate.artifact.Artifacts;

/** Where attempts leave files: for as long as they run, and for their clients. */
record Files(Scratch scratch, Artifacts artifacts) {}
