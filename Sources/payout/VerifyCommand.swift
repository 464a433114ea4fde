import ArgumentParser
import Domain
import Glibc
import Pipeline

/// `payout verify`.
struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Proves again all sums, all digests, and that closed periods give the same bytes.",
    discussion: """
      Goes through the ledger, the archive, the kept copies and the output directories, and draws
      closed periods again. Nothing in the workspace is changed, and it may be read-only. Exit
      code 65: something does not hold; each line says what, where, and what to do. 66: there is
      no ledger, or no such period; 74: something cannot be read; 75: a run is under way.
      """)

  @OptionGroup var options: CommonOptions

  @Argument(help: ArgumentHelp("Only this period, like 2026-10.", valueName: "period"))
  var period: String?

  @Option(help: "How the report is written: for people, or as schemas/verify.schema.json says.")
  var format = ReportFormat.text

  func validate() throws {
    if let period, Period(period) == nil {
      throw ValidationError("a period is a month like 2026-10, not \(SafeText.shown(period))")
    }
  }

  func run() throws {
    do throws(RunFailure) {
      var request = VerifyRequest(root: try options.root())
      request.period = period.flatMap { Period($0) }
      request.logger = CommandLogger.make(verbose: options.verbose)
      let report = try VerifyPipeline(request).verify()
      let code: Int32 = report.problemCount == 0 ? 0 : RunFailure.Code.sumsDisagree.rawValue
      switch format {
      case .text: show(report, code)
      case .json: Terminal.data(try report.json(exit: Int(code)))
      }
      Glibc.exit(code)
    } catch {
      Terminal.fail(error, FindingView(usesColor: false))
    }
  }

  private func show(_ report: VerifyReport, _ code: Int32) {
    for problem in report.problems {
      Terminal.talk(
        "\(problem.place): \(problem.check): \(problem.message)\n    \(problem.remedy)\n")
    }
    if report.problemCount > report.problems.count {
      Terminal.talk("\(report.problemCount - report.problems.count) more are not listed\n")
    }
    if !options.quiet {
      for note in report.notes { Terminal.talk("note: \(note)\n") }
      Terminal.data(report.text)
    }
    Terminal.data(
      "verified periods=\(report.periods.count) feeds=\(report.feeds) rows=\(report.rows)"
        + " checks=\(report.checks.count) problems=\(report.problemCount) exit=\(code)\n")
  }
}
