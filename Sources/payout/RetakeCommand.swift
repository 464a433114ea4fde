import ArgumentParser
import Domain
import Glibc
import Pipeline

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
  @OptionGroup var metrics: MetricsOptions

  @Argument(help: ArgumentHelp("The name of the feed in archive/.", valueName: "feed"))
  var feed: String

  @Option(
    help: ArgumentHelp(
      "The only clock of a run; otherwise the last day of the period.", valueName: "date"))
  var asOf: String?

  @Option(help: "How the report is written: for people, or as schemas/retake.schema.json says.")
  var format = ReportFormat.text

  func validate() throws {
    if feed.isEmpty { throw ValidationError("the feed is empty") }
    if let asOf, DayText.plainDay(asOf) == nil {
      throw ValidationError("--as-of is a date like 2026-10-31, not \(SafeText.shown(asOf))")
    }
  }

  func run() throws {
    Interruption.begin()
    let begin = ContinuousClock.now
    let text = FindingText(usesColor: Terminal.usesColor(options.color))
    do throws(RunFailure) {
      var request = RetakeRequest(root: try options.root(), feed: feed)
      request.asOf = asOf.flatMap { DayText.plainDay($0) }
      request.logger = CommandLogger.make(verbose: options.verbose)
      let report = try RetakePipeline(request).retake()
      let code: Int32 = options.failOn.fails(report.worst) ? 1 : 0
      switch format {
      case .text: show(report, text, seconds: ContinuousClock.now - begin, code)
      case .json: Terminal.data(try report.json(exit: Int(code)))
      }
      metrics.write("retake", root: request.root, code: code, since: begin)
      Glibc.exit(code)
    } catch {
      metrics.write(
        "retake", root: try? options.root(), code: error.code.rawValue, since: begin)
      Terminal.fail(error, text)
    }
  }

  private func show(_ report: RetakeReport, _ text: FindingText, seconds: Duration, _ code: Int32) {
    if !options.quiet {
      for finding in report.findings { Terminal.talk(text.render(finding)) }
      if report.leftOut > 0 {
        Terminal.talk("\(report.leftOut) more findings are not listed (limits.findings)\n")
      }
    }
    let buckets = [Bucket.accepted, .ineligible, .notYetDue, .duplicate, .rejected]
      .map { "\($0.name)=\(report.buckets[$0] ?? 0)" }.joined(separator: " ")
    Terminal.data("retaken=\(report.rows) \(buckets) changed=\(report.isChanged ? "yes" : "no")\n")
    Terminal.data(SummaryLine.text(report.period, seconds: seconds, code: code))
  }
}
