import ArgumentParser
import Domain
import Pipeline

/// Metrics for a monitoring system, written on request.
struct MetricsOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Write how it went in the text format of Prometheus; the name ends in .prom.",
      valueName: "file"))
  var metrics: String?

  func validate() throws {
    // Anything else may be a file that is needed; the collector does not read it anyway.
    if let metrics, !metrics.hasSuffix(".prom") {
      throw ValidationError(
        "--metrics needs the name of a file that ends in .prom, not \(SafeText.shown(metrics))")
    }
  }

  /// Writes the file, if it was asked for. What was published does not depend on it, so that a
  /// failure is only said.
  func write(_ command: String, root: String?, code: Int32, since begin: ContinuousClock.Instant) {
    guard let metrics else { return }
    do throws(RunFailure) {
      var file = MetricsFile(path: metrics)
      try file.write(
        command: command, root: root ?? ".", code: Int(code),
        seconds: SummaryLine.seconds(ContinuousClock.now - begin))
    } catch {
      Terminal.talk("payout: no metrics: \(SafeText.escaped(error.message))\n")
    }
  }
}
