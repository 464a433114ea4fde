import ArgumentParser
import Domain
import Glibc
import Pipeline
import Reports

/// `payout retake`.
struct RetakeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "retake",
    abstract: "Takes the rejected rows of an archived feed again.",
    discussion: """
      For rows that were rejected because of the registry or a plan, after these were mended. What
      is right now is taken as if it came today, in the open period; what is still wrong stays
      rejected with today's findings. The inbox is left alone, and a closed period never changes.
      Exit codes as of run; 66: no feed has that name.
      """)

  @OptionGroup var options: CommonOptions
  @OptionGroup var findings: FindingOptions
  @OptionGroup var metrics: MetricsOptions

  @Argument(help: ArgumentHelp("The name of the feed in archive/.", valueName: "feed"))
  var feed: String

  @Option(
    help: ArgumentHelp(
      "The only clock of a run; otherwise the last day of the period.", valueName: "date"))
  var asOf: String?

  func validate() throws {
    if feed.isEmpty { throw ValidationError("the feed is empty") }
    if let asOf, DayText.plainDay(asOf) == nil {
      throw ValidationError("--as-of is a date like 2026-10-31, not \(SafeText.shown(asOf))")
    }
  }

  func run() throws {
    Interruption.begin()
    let begin = ContinuousClock.now
    let bar = ProgressBar.make(options)
    do throws(RunFailure) {
      var request = RetakeRequest(root: try options.root(), feed: feed)
      request.asOf = asOf.flatMap { DayText.plainDay($0) }
      request.logger = CommandLogger.make(verbose: options.verbose)
      request.progress = bar?.sink
      var report = try RetakePipeline(request).retake()
      bar?.clear()
      let code: Int32 = options.failOn.fails(report.worst) ? 1 : 0
      report.findings.exitCode = code
      try show(report, code)
      findings.summary(counts(report))
      let seconds = ContinuousClock.now - begin
      findings.summary(SummaryLine.text(report.period, seconds: seconds, code: code))
      metrics.write("retake", root: request.root, code: code, since: begin)
      Glibc.exit(code)
    } catch {
      bar?.clear()
      metrics.write(
        "retake", root: try? options.root(), code: error.code.rawValue, since: begin)
      findings.fail(error, options, root: try? options.root())
    }
  }

  /// JSON says also what became of the rows, by a schema of its own.
  private func show(_ report: RetakeReport, _ code: Int32) throws(RunFailure) {
    guard findings.format == .json else { return try findings.show(report.findings, options) }
    let json = Array(try report.json(exit: Int(code)).utf8)
    if let output = findings.output {
      try FindingOutput.writeFile(output) { sink in try sink(json) }
    } else {
      Terminal.data(String(decoding: json, as: UTF8.self))
    }
  }

  private func counts(_ report: RetakeReport) -> String {
    let buckets = [Bucket.accepted, .ineligible, .notYetDue, .duplicate, .rejected]
      .map { "\($0.name)=\(report.buckets[$0] ?? 0)" }.joined(separator: " ")
    return "retaken=\(report.rows) \(buckets) changed=\(report.isChanged ? "yes" : "no")\n"
  }
}
