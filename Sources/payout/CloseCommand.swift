import ArgumentParser
import Domain
import Glibc
import Logging
import Pipeline

/// `payout close`.
struct CloseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "close",
    abstract: "Makes the open period final: posts, issues payments, opens the next.",
    discussion: """
      Draws the period as a run does, takes nothing in, and writes outbox/<period>/ for the last
      time. A period that is closed never changes. Exit code 65: feeds wait in the inbox, an
      exchange rate is missing, the period is not the open one, or a sum does not hold; nothing
      is closed then. A period that was closed before is left as it is, with the exit code that
      its close had.
      """)

  @OptionGroup var options: CommonOptions
  @OptionGroup var findings: FindingOptions
  @OptionGroup var metrics: MetricsOptions

  @Argument(help: ArgumentHelp("The open period, like 2026-10.", valueName: "period"))
  var period: String

  @Option(
    help: ArgumentHelp(
      "The only clock of a close; otherwise the last day of the period.", valueName: "date"))
  var asOf: String?

  @Flag(help: "Close although feeds wait in the inbox; the next period takes them in.")
  var leaveInbox = false

  @Option(
    help: ArgumentHelp(
      "Write into a new directory what the close would write, and close nothing.",
      valueName: "dir"))
  var preview: String?

  @Option(
    help: ArgumentHelp(
      "Who closes, and so may not approve the payments; otherwise PAYOUT_USER, or the user of the"
        + " operating system.", valueName: "id"))
  var user: String?

  func validate() throws {
    guard Period(period) != nil else {
      throw ValidationError("a period is a month like 2026-10, not \(SafeText.shown(period))")
    }
    if preview?.isEmpty == true { throw ValidationError("--preview needs the name of a directory") }
    if let asOf, DayText.plainDay(asOf) == nil {
      throw ValidationError("--as-of is a date like 2026-10-31, not \(SafeText.shown(asOf))")
    }
  }

  func run() throws {
    Interruption.begin()
    let begin = ContinuousClock.now
    let bar = ProgressBar.make(options)
    do throws(RunFailure) {
      var request = CloseRequest(
        root: try options.root(), period: Period(period) ?? Period(number: 0))
      request.asOf = asOf.flatMap { DayText.plainDay($0) }
      request.leavesInbox = leaveInbox
      request.previewDirectory = preview
      request.userId = try UserName.current(user)
      request.logger = CommandLogger.make(verbose: options.verbose)
      request.progress = bar?.sink
      var report = try ClosePipeline(request).close()
      bar?.clear()
      if report.isClosed, !options.quiet {
        Terminal.talk(
          report.isRestored
            ? "\(period) was closed before; its directory was missing or had changed, and was written again\n"
            : "\(period) was closed before; nothing has changed\n")
      }
      let code: Int32 = options.failOn.fails(report.worst) ? 1 : 0
      report.findings.exitCode = code
      // To people, the run has said them, but for those about payments.
      if findings.isDocument {
        try findings.show(report.findings, options)
      } else if let payments = report.payments {
        try findings.show(payments, options, root: request.root)
        if !options.quiet { Terminal.talk(payments.line) }
      }
      findings.summary(SummaryLine.text(report, seconds: ContinuousClock.now - begin, code: code))
      metrics.write("close", root: request.root, code: code, since: begin)
      Glibc.exit(code)
    } catch {
      bar?.clear()
      metrics.write(
        "close", root: try? options.root(), code: error.code.rawValue, since: begin)
      findings.fail(error, options, root: try? options.root())
    }
  }
}
