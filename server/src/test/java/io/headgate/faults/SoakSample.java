package io.headgate.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;

/**
 * The resources that a server uses at one moment of a long run.
 *
 * @param heap megabytes of a node's heap after a full collection
 * @param resident megabytes of a node's process
 * @param connections to the database, from any process
 * @param disk megabytes of the database's tables and indexes
 */
record SoakSample(
    double heap, double resident, double connections, double disk, SoakLoad.Latencies latencies) {

  private static final Pattern USED = Pattern.compile(" total .*? used (\\d+)K");

  static SoakSample take(Cluster cluster, Path folder, SoakLoad.Latencies latencies) {
    long process = cluster.nodes.getFirst().pid();
    try {
      return new SoakSample(
          heap(process, folder),
          resident(process),
          number(
              cluster,
              "select count(*) from pg_stat_activity where backend_type = 'client backend'"),
          number(cluster, "select pg_database_size(current_database()) / 1000000.0"),
          latencies);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double heap(long process, Path folder) throws IOException {
    jcmd(process, "GC.run", folder);
    String output = jcmd(process, "GC.heap_info", folder);
    double used =
        USED.matcher(output)
            .results()
            .map(found -> found.group(1))
            .mapToDouble(Double::parseDouble)
            .sum();
    if (used == 0) {
      throw new IOException("no heap in " + output);
    }
    return used / 1000;
  }

  private static String jcmd(long process, String command, Path folder) throws IOException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Path output = folder.resolve("jcmd.txt");
    int exit =
        new ProcessBuilder(jcmd.toString(), String.valueOf(process), command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start()
            .onExit()
            .join()
            .exitValue();
    if (exit != 0) {
      throw new IOException(Files.readString(output));
    }
    return Files.readString(output);
  }

  private static double resident(long process) throws IOException {
    return Files.readAllLines(Path.of("/proc", String.valueOf(process), "status")).stream()
            .filter(line -> line.startsWith("VmRSS:"))
            .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")))
            .sum()
        / 1000;
  }

  private static double number(Cluster cluster, String sql) {
    return cluster.database.read(tx -> tx.query(sql).mapTo(Double.class).one());
  }

  /** Reports the medians that grew from {@code before} to {@code after} by more than noise. */
  static List<String> growth(List<SoakSample> before, List<SoakSample> after) {
    List<String> grown = new ArrayList<>();
    check(grown, "heap, MB", medians(before, after, SoakSample::heap), 1.2, 5);
    check(grown, "resident, MB", medians(before, after, SoakSample::resident), 1.1, 10);
    check(grown, "connections", medians(before, after, SoakSample::connections), 1, 2);
    check(grown, "disk, MB", medians(before, after, SoakSample::disk), 1.2, 10);
    check(grown, "submit, ms", medians(before, after, s -> s.latencies().submit()), 1.5, 5);
    check(grown, "cancel, ms", medians(before, after, s -> s.latencies().cancel()), 1.5, 5);
    return grown;
  }

  private record Medians(double before, double after) {}

  private static Medians medians(
      List<SoakSample> before, List<SoakSample> after, ToDoubleFunction<SoakSample> value) {
    return new Medians(
        SoakLoad.median(before.stream().map(value::applyAsDouble).toList()),
        SoakLoad.median(after.stream().map(value::applyAsDouble).toList()));
  }

  private static void check(
      List<String> grown, String what, Medians medians, double times, double plus) {
    if (medians.after() > medians.before() * times + plus) {
      grown.add(
          String.format(
              Locale.ROOT, "%s: %.1f, then %.1f", what, medians.before(), medians.after()));
    }
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "heap %.1f MB, resident %.0f MB, %.0f connections, disk %.1f MB, submit %.1f ms, cancel %.1f ms",
        heap,
        resident,
        connections,
        disk,
        latencies.submit(),
        latencies.cancel());
  }
}
