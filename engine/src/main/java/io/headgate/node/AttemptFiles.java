package io.headgate.node;

import io.headgate.artifact.Artifacts;

/** Where attempts store files: temporary ones, and artifacts for clients. */
record AttemptFiles(ScratchFolders scratch, Artifacts artifacts) {}
