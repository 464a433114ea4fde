import ArgumentParser
import Domain
import Glibc
import Logging
import Pipeline

/// Which statements a draft is written with.
enum StatementChoice: String, ExpressibleByArgument, CaseIterable {
  case all, none
}

/// `payout run`.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Takes in the inbox, recomputes the open period, writes the draft.",
    discussion: """
      Writes outbox/<period>/ as a whole or not at all, and moves the feeds taken in to
      archive/<period>/. Exit code 0: no findings at or above --fail-on; 1: published with such
      findings; 65: a sum does not hold, nothing published; 74: an I/O error, nothing published unless
      the message says so; 75: another run holds the workspace; 78: the workspace has errors, nothing done.
      """)

  @OptionGroup var options: CommonOptions
  @OptionGroup var findings: FindingOptions
  @OptionGroup var metrics: MetricsOptions

  @Option(
    help: ArgumentHelp(
      "The only clock of a run; otherwise the last day of the period.", valueName: "date"))
  var asOf: String?

  @Option(
    help: "Write all statements, or leave them, the workbook and the journal out of the draft.")
  var statements = StatementChoice.all

  func validate() throws {
    if let asOf, DayText.plainDay(asOf) == nil {
      throw ValidationError("--as-of is a date like 2026-10-31, not \(SafeText.shown(asOf))")
    }
  }

  func run() throws {
    Interruption.begin()
    let begin = ContinuousClock.now
    let bar = ProgressBar.make(options)
    do throws(RunFailure) {
      var request = RunRequest(root: try options.root())
      request.asOf = asOf.flatMap { DayText.plainDay($0) }
      request.writesStatements = statements == .all
      request.logger = CommandLogger.make(verbose: options.verbose)
      request.progress = bar?.sink
      var report = try RunPipeline(request).run()
      bar?.clear()
      let code: Int32 = options.failOn.fails(report.worst) ? 1 : 0
      report.findings.exitCode = code
      try findings.show(
        report.findings, options, leftOut: "counted in run.json and not listed")
      findings.summary(SummaryLine.text(report, seconds: ContinuousClock.now - begin, code: code))
      metrics.write("run", root: request.root, code: code, since: begin)
      Glibc.exit(code)
    } catch {
      bar?.clear()
      metrics.write(
        "run", root: try? options.root(), code: error.code.rawValue, since: begin)
      findings.fail(error, options, root: try? options.root())
    }
  }
}
