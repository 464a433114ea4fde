import ArgumentParser
import Domain
import Glibc
import Pipeline

/// `payout reconcile`.
struct ReconcileCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reconcile",
    abstract: "Takes in what banks say of payments.",
    discussion: """
      Reads camt.053, camt.054 and pain.002 of ISO 20022, returns of banks in the United States by the
      rules of NACHA, and a bank's CSV by a profile in bank/.
      What was booked, came back or was rejected is posted and stands in reconciliation/<period>/;
      what came back is the partner's again with the next run. A file that cannot be relied on is
      left out as a whole; a file that was reconciled before does nothing. Exit code 66: a file
      cannot be read, or no period is closed.

      With --feed it compares a partner's own list of expected earnings (a CSV with earningId,
      earnedAmount, earnedCurrency) with its statement, says per line why they differ, and changes
      nothing. Exit code 1: they differ.
      """)

  @OptionGroup var options: CommonOptions
  @OptionGroup var findings: FindingOptions

  @Option(help: ArgumentHelp("A partner's own list of expected earnings.", valueName: "file"))
  var feed: String?

  @Option(help: ArgumentHelp("With --feed: whose list it is.", valueName: "participantId"))
  var partner: String?

  @Option(help: ArgumentHelp("With --feed: otherwise the open period.", valueName: "period"))
  var period: String?

  @Argument(help: ArgumentHelp("Files of banks.", valueName: "file"))
  var files: [String] = []

  func validate() throws {
    guard feed != nil else {
      if files.isEmpty { throw ValidationError("name files of banks, or --feed with a list") }
      guard partner == nil, period == nil else {
        throw ValidationError("--partner and --period belong to --feed")
      }
      return
    }
    guard files.isEmpty else { throw ValidationError("--feed compares, and takes no files in") }
    guard partner?.isEmpty == false else {
      throw ValidationError("--feed needs --partner, whose list it is")
    }
    try PeriodArgument.validate(period)
  }

  func run() throws {
    if let feed { compare(feed) }
    Interruption.begin()
    do throws(RunFailure) {
      var request = ReconcileRequest(root: try options.root(), files: files)
      request.logger = CommandLogger.make(verbose: options.verbose)
      let report = try ReconcilePipeline(request).reconcile()
      let code: Int32 = options.failOn.fails(report.worst) ? 1 : 0
      var document = report.document(files: files)
      document.exitCode = code
      try findings.show(document, options)
      findings.summary(report.summary(exit: code))
      Glibc.exit(code)
    } catch {
      findings.fail(error, options, root: try? options.root())
    }
  }

  private func compare(_ feed: String) -> Never {
    do throws(RunFailure) {
      let report = try ExpectedPipeline(
        ExpectedRequest(
          root: try options.root(), file: feed, participantId: partner ?? "",
          period: period.flatMap { Period($0) })
      ).compare()
      let code: Int32 = report.isSame || options.failOn == .never ? 0 : 1
      Terminal.data(String(decoding: report.table, as: UTF8.self))
      Terminal.talk(report.summary(exit: code))
      Glibc.exit(code)
    } catch {
      findings.fail(error, options, root: try? options.root())
    }
  }
}
